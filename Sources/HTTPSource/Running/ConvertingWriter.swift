import Files
import Formats
import Glibc
import HTTP
import MissionCore
import Ports

/// Takes a result while it arrives and makes one JSON array of it: in memory while it is small, else in a new file.
final class ConvertingWriter: HTTPBodyWriter, @unchecked Sendable {
  // @unchecked: used by the client's thread alone, which also gives the answer.
  private let format: ResultFormat
  private let sink: Sink
  private var conversion: Conversion?
  private var failure: ConversionFailure?
  private(set) var isEmpty = true

  /// - Parameters:
  ///   - format: any but `json`, whose bytes need no conversion.
  ///   - path: where an array goes that is larger than `memoryLimit`.
  init(_ format: ResultFormat, path: String, memoryLimit: Int, maxSize: Int64) {
    self.format = format
    sink = Sink(path: path, memoryLimit: memoryLimit, maxSize: maxSize)
  }

  func begin() {
    sink.drop()
    failure = nil
    isEmpty = true
    let sink = sink
    conversion = Conversion(format) { sink.take($0) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) {
    if !bytes.isEmpty { isEmpty = false }
    guard failure == nil else { return }
    do throws(ConversionFailure) { try conversion?.push(bytes) } catch { failure = error }
  }

  /// Of an answer that nobody needs.
  func drop() { sink.drop() }

  /// The array of the whole result.
  func array(of source: String, _ request: String) -> Result<ReceivedAnswer, SourceFailure> {
    if conversion == nil { begin() }
    if failure == nil {
      do throws(ConversionFailure) { try conversion?.finish() } catch { failure = error }
    }
    conversion = nil
    switch failure {
    case nil: return .success(sink.answer())
    case .format(let error):
      sink.drop()
      let message: Message =
        "\(source) gave a result to \(request) that is not \(format.kind.rawValue): \(error)"
      return .failure(SourceFailure(.unusable, message))
    case .notTaken:
      defer { sink.drop() }
      return .failure(sink.failure(source, request))
    }
  }
}

/// Where the converted bytes go.
private final class Sink {
  private let path: String
  private let memoryLimit: Int
  private let maxSize: Int64
  private var bytes: [UInt8] = []
  /// Open once the array is too large for memory.
  private var descriptor: Int32 = -1
  private var size: Int64 = 0
  /// Of the write that failed.
  private var code: Int32 = 0

  init(path: String, memoryLimit: Int, maxSize: Int64) {
    self.path = path
    self.memoryLimit = memoryLimit
    self.maxSize = maxSize
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// False when it is too large, or cannot be written.
  func take(_ piece: UnsafeRawBufferPointer) -> Bool {
    size += Int64(piece.count)
    guard size <= maxSize else { return false }
    if descriptor < 0 {
      bytes.append(contentsOf: piece)
      guard bytes.count > memoryLimit else { return true }
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else {
        code = errno
        return false
      }
      defer { bytes = [] }
      return bytes.withUnsafeBytes(write)
    }
    return write(piece)
  }

  private func write(_ piece: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    while at < piece.count {
      let count = Glibc.write(descriptor, piece.baseAddress! + at, piece.count - at)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        code = count < 0 ? errno : ENOSPC
        return false
      }
      at += count
    }
    return true
  }

  func answer() -> ReceivedAnswer {
    guard descriptor >= 0 else { return .memory(bytes) }
    close(descriptor)
    descriptor = -1
    return .file(path: path, size: size)
  }

  func failure(_ source: String, _ request: String) -> SourceFailure {
    guard code != 0 else {
      return SourceFailure(
        .tooLarge, "\(source) gave a result to \(request) that is larger than \(maxSize) bytes")
    }
    let message: Message = "the spool cannot take a result: \(Errno(code))"
    return SourceFailure(code == EIO ? .diskFails : .spoolFull, message)
  }

  func drop() {
    if descriptor >= 0 {
      close(descriptor)
      unlink(path)
    }
    (descriptor, size, code, bytes) = (-1, 0, 0, [])
  }
}
