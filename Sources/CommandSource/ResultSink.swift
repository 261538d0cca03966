import Files
import Glibc
import MissionCore
import Ports

/// Takes a result's bytes: into memory while they are few, from then on into the spool's part file. Used by one thread
/// at a time.
final class ResultSink {
  static let mostInMemory = 256 << 10
  private static let writeSize = 256 << 10

  private let path: String
  private var memory: [UInt8] = []
  private var descriptor: Int32 = -1
  private var written: Int64 = 0
  /// Why it takes no more.
  private(set) var failure: SourceFailure?

  /// - Parameter path: the file may be there from an attempt that was broken off.
  init(path: String) { self.path = path }

  deinit { discard() }

  /// False when the disk takes no more.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard failure == nil else { return false }
    memory += bytes
    if memory.count > Self.mostInMemory || descriptor >= 0 && memory.count >= Self.writeSize { flush() }
    return failure == nil
  }

  /// All that was taken; nil when the disk did not take it. Once.
  func finish() -> ReceivedAnswer? {
    guard failure == nil else { return nil }
    guard descriptor >= 0 else { return .memory(memory) }
    flush()
    guard failure == nil else { return nil }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else {
      fail("closed")
      unlink(path)
      return nil
    }
    return .file(path: path, size: written)
  }

  /// Removes what was written.
  func discard() {
    memory = []
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(path)
    descriptor = -1
  }

  private func flush() {
    if descriptor < 0 {
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return fail("created") }
    }
    var done = 0
    while done < memory.count {
      let count = memory.withUnsafeBytes { write(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return fail("written") }
      done += count
    }
    written += Int64(done)
    memory.removeAll(keepingCapacity: true)
  }

  private func fail(_ what: Message) {
    let cause = Errno.last
    failure = SourceFailure(
      cause.code == EIO ? .diskFails : .spoolFull, "\(path) could not be \(what): \(cause)")
  }
}
