import Glibc
import MissionCore

/// The process that holds a journal, as it wrote itself into the lock file: `4711 2026-01-31T10:11:12.000Z`.
///
/// Only for people: what proves that a holder lives is the kernel's lock, and what a dead one wrote means nothing.
public struct LockHolder: Hashable, Sendable {
  public let process: Int32
  /// When it took the lock.
  public let since: Timestamp

  static func ours() -> LockHolder {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let milliseconds = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    return LockHolder(process: getpid(), since: Timestamp(milliseconds: milliseconds))
  }

  init(process: Int32, since: Timestamp) {
    self.process = process
    self.since = since
  }

  init?(line: some StringProtocol) {
    let words = line.split(separator: " ")
    guard words.count == 2, let process = Int32(words[0]), process > 0,
      let since = Timestamp(String(words[1]))
    else { return nil }
    self.init(process: process, since: since)
  }

  var line: String { "\(process) \(since)\n" }

  /// Replaces what stands in the file. A disk that does not take it is met by the journal in a moment, which says so;
  /// here it only costs the name in a message.
  func write(to descriptor: Int32) {
    let bytes = Array(line.utf8)
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = pwrite(descriptor, bytes, bytes.count, 0)
  }

  /// Nil when the file says nothing of the kind.
  static func read(_ path: String) -> LockHolder? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count > 0, bytes[count - 1] == UInt8(ascii: "\n") else { return nil }
    return LockHolder(line: String(decoding: bytes[..<(count - 1)], as: UTF8.self))
  }
}
