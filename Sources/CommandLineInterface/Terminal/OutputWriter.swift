import Glibc
import Synchronization

/// Writes to standard output or standard error through a buffer.
///
/// When the other end is closed or the disk behind it is full the text is dropped and the work goes on
/// (SPEC: a closed standard output stops nothing); `hasFailed` tells of it. SIGPIPE must be ignored.
final class OutputWriter: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var failure: Int32 = 0
  }

  private static let flushSize = 64 * 1024

  let descriptor: Int32
  private let state = Mutex(State())

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether something could not be written; what followed was dropped.
  var hasFailed: Bool { state.withLock { $0.failure != 0 } }

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.failure == 0 else { return }
      state.buffer.append(contentsOf: bytes)
      if state.buffer.count >= Self.flushSize { Self.flush(&state, to: descriptor) }
    }
  }

  /// Hands what is buffered to the kernel.
  func flush() {
    state.withLock { Self.flush(&$0, to: descriptor) }
  }

  private static func flush(_ state: inout State, to descriptor: Int32) {
    var start = 0
    state.buffer.withUnsafeBytes { bytes in
      while start < bytes.count {
        let written = Glibc.write(descriptor, bytes.baseAddress! + start, bytes.count - start)
        if written >= 0 {
          start += written
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, 1000)
        } else if errno != EINTR {
          state.failure = errno
          return
        }
      }
    }
    state.buffer.removeAll(keepingCapacity: true)
  }
}
