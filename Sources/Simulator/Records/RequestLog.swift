import Glibc
import JSONStream
import MissionCore
import Synchronization

/// One JSON line per request, appended to a file by both sides.
///
/// Lines wait in memory until `flush`, which the worker side's loop calls every `interval`.
final class RequestLog: Sendable {
  static let interval = Duration.milliseconds(25)
  private static let mostWaiting = 64 * 1024

  private let descriptor: Int32
  private let waiting = Mutex<[UInt8]>([])

  init(path: String) throws(SimulatorError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(path: path, operation: "open", code: errno) }
  }

  deinit {
    flush()
    close(descriptor)
  }

  /// `status` 0 means that the connection was reset instead.
  func write(_ head: RequestHead, _ facts: RequestFacts, status: Int) {
    var line = JSONWriter()
    line.beginObject()
    line.key("t")
    line.value(Clock.wallMilliseconds())
    line.key("worker")
    line.value(facts.worker)
    line.key("method")
    line.value(head.method)
    line.key("path")
    line.value(head.target)
    line.key("status")
    line.value(status)
    line.key("mission")
    line.value(facts.parameters?.adsKey)
    line.key("job_id")
    line.value(facts.jobID)
    line.endObject()
    let isFull = waiting.withLock { out in
      out += line.bytes
      out.append(UInt8(ascii: "\n"))
      return out.count >= Self.mostWaiting
    }
    if isFull { flush() }
  }

  func flush() {
    waiting.withLock { bytes in
      defer { bytes.removeAll(keepingCapacity: true) }
      var at = 0
      while at < bytes.count {
        let written = bytes.withUnsafeBytes {
          Glibc.write(descriptor, $0.baseAddress! + at, bytes.count - at)
        }
        // A full disk loses lines of the log; the simulator's work does not depend on them.
        guard written > 0 || errno == EINTR else { return }
        at += max(0, written)
      }
    }
  }
}
