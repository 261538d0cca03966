import Failpoints
import Files
import Glibc
import Messages

/// Takes the body of one answer: into memory, then, when it spills, into a file. Used by one thread.
struct ResponseBody {
  /// Bytes kept in memory before they are written to the spill file.
  private static let writeSize = 256 << 10
  /// The most that is reserved because a server announced it.
  private static let largestReservation: Int64 = 1 << 20

  private let receive: HTTPReceive
  private var memory: [UInt8] = []
  private var file: Int32 = -1
  private var size: Int64 = 0

  init(receive: HTTPReceive) {
    self.receive = receive
    if case .pass(let writer, _) = receive { writer.begin() }
  }

  /// `announced` is what the server says the body's length is, negative when it does not say.
  mutating func begin(announced: Int64) throws(HTTPFailure) {
    if announced > receive.maxSize { throw tooLarge(announced) }
    let reserved = min(announced, Self.largestReservation, Int64(receive.memoryLimit))
    if reserved > 0 { memory.reserveCapacity(Int(reserved)) }
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) {
    size += Int64(bytes.count)
    if size > receive.maxSize { throw tooLarge(size) }
    if case .pass(let writer, let keeping) = receive {
      writer.write(bytes)
      return memory.append(contentsOf: bytes.prefix(keeping - memory.count))
    }
    memory.append(contentsOf: bytes)
    guard case .spill(let memoryLimit, let path, _) = receive else { return }
    if file < 0 {
      guard memory.count > memoryLimit else { return }
      file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if file < 0 { throw fileFailure("created") }
      Failpoint.reach("result.file.create.after")
    }
    if memory.count >= Self.writeSize { try flush() }
  }

  /// The whole body. Nothing may be appended afterwards.
  mutating func finish() throws(HTTPFailure) -> HTTPResponse.Body {
    guard file >= 0, case .spill(_, let path, _) = receive else { return .memory(memory) }
    Failpoint.reach("result.file.write.before")
    try flush()
    Failpoint.reach("result.file.write.after")
    let closed = close(file)
    file = -1
    if closed != 0 {
      unlink(path)
      throw fileFailure("closed")
    }
    return .file(path: path, size: size)
  }

  /// Removes the file that was begun.
  mutating func discard() {
    guard file >= 0, case .spill(_, let path, _) = receive else { return }
    close(file)
    unlink(path)
    file = -1
  }

  private mutating func flush() throws(HTTPFailure) {
    var written = 0
    while written < memory.count {
      let count = memory.withUnsafeBytes { write(file, $0.baseAddress! + written, $0.count - written) }
      if count < 0 {
        if errno == EINTR { continue }
        throw fileFailure("written")
      }
      written += count
    }
    memory.removeAll(keepingCapacity: true)
  }

  private func tooLarge(_ size: Int64) -> HTTPFailure {
    HTTPFailure(.tooLarge, "the body has \(size) bytes or more, \(receive.maxSize) are allowed")
  }

  private func fileFailure(_ what: Message) -> HTTPFailure {
    let code = errno
    guard case .spill(_, let path, _) = receive else { return HTTPFailure(.other, "no file to write to") }
    return HTTPFailure(.fileWrite(code), "\(path) could not be \(what): \(Errno(code))")
  }
}

/// A failure found inside a callback, kept until libcurl gives the transfer back.
struct HTTPFailure: Error {
  let kind: HTTPError.Kind
  let message: Message

  init(_ kind: HTTPError.Kind, _ message: Message) {
    self.kind = kind
    self.message = message
  }
}
