import Glibc
import Synchronization
import Threads

/// Writes to standard output or standard error through a buffer.
///
/// When the other end is closed or the disk behind it is full the text is dropped and the work goes on
/// (SPEC: a closed standard output stops nothing); `failure` tells of it. SIGPIPE must be ignored.
/// Standard error of a command that works long is written in the background: there `flush` waits for nobody.
package final class OutputWriter: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var failure: Int32 = 0
    var background: BackgroundWriter?
  }

  private static let flushSize = 64 * 1024

  /// Where it goes.
  package let descriptor: Int32
  private let state = Mutex(State())

  /// - Parameter descriptor: stays open.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// The `errno` of the write that failed, after which everything was dropped; 0 when none did.
  package var failure: Int32 {
    state.withLock { $0.background?.lastFailure ?? $0.failure }
  }

  /// Whether something could not be written; what followed was dropped.
  var hasFailed: Bool { failure != 0 }

  /// From now on a thread writes.
  /// - Parameter tellLoss: see `BackgroundWriter`.
  package func writeInBackground(
    start: ThreadStarter = OwnedThread.starter,
    tellLoss: @escaping @Sendable (Int) -> Void
  ) throws(ThreadFailure) {
    let background = try BackgroundWriter(descriptor: descriptor, start: start, tellLoss: tellLoss)
    state.withLock { $0.background = background }
  }

  /// Behind what is buffered.
  package func write(_ text: String) { write(Array(text.utf8)) }

  /// Behind what is buffered.
  package func write(_ bytes: [UInt8]) {
    state.withLock { state in
      guard state.failure == 0 else { return }
      state.buffer.append(contentsOf: bytes)
      if state.buffer.count >= Self.flushSize { Self.flush(&state, to: descriptor) }
    }
  }

  /// Hands what is buffered to the kernel, or to the thread that does.
  package func flush() {
    state.withLock { Self.flush(&$0, to: descriptor) }
  }

  /// Writes whole lines at once, behind what is buffered. Whether they are going to be written.
  @discardableResult
  package func send(_ lines: [UInt8], count: Int = 1) -> Bool {
    state.withLock { state in
      Self.flush(&state, to: descriptor)
      if let background = state.background { return background.put(lines, lines: count) }
      state.buffer = lines
      Self.flush(&state, to: descriptor)
      return state.failure == 0
    }
  }

  /// Writes what is drawn anew a moment later, unless something waits to be written. Whether it is.
  package func offer(_ drawing: [UInt8]) -> Bool {
    let background = state.withLock { state in
      Self.flush(&state, to: descriptor)
      return state.background
    }
    return background?.offer(drawing) ?? send(drawing)
  }

  /// Flushes and waits until all is written; not for a reader that takes nothing.
  package func drain() {
    flush()
    drainSent()
  }

  /// Waits for what was flushed before.
  package func drainSent() {
    // Not under the lock: others may write meanwhile.
    state.withLock { $0.background }?.drain()
  }

  /// The process has to end soon: a reader that takes nothing is hardly waited for any more.
  package func hurry() { state.withLock { $0.background }?.hurry() }

  /// Drains; a thread that writes ends.
  package func close() {
    flush()
    state.withLock { $0.background }?.close()
  }

  private static func flush(_ state: inout State, to descriptor: Int32) {
    guard !state.buffer.isEmpty else { return }
    defer { state.buffer.removeAll(keepingCapacity: true) }
    if let background = state.background {
      _ = background.put(state.buffer, lines: state.buffer.count { $0 == UInt8(ascii: "\n") })
    } else if state.failure == 0 {
      state.failure = write(state.buffer[...], to: descriptor)
    }
  }

  /// Writes everything; answers with 0 or the `errno` of the write that failed.
  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, 1000)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
