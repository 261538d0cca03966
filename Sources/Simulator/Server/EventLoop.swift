import Glibc
import Threads

/// One thread's loop: accepts connections on one listening socket, moves bytes, fires timers.
///
/// Everything it owns (connections, the handler, timers) is touched by the thread that calls `run` alone.
final class EventLoop {
  private static let listenerToken = UInt64.max
  private static let stopToken = UInt64.max - 1

  private let epoll: Epoll
  private let listener: Int32
  private let handler: any RequestHandler
  private var timers = TimerQueue<Moment, () -> Void>()
  private var connections: [Connection?] = []
  private var generation: UInt32 = 0
  private var isRunning = true
  let scratch: UnsafeMutableRawBufferPointer
  let date = DateField()

  /// When this turn of the loop began.
  private(set) var now = Moment.now

  /// Takes over `listener`, which must be non-blocking. The loop ends when `stop` becomes readable.
  init(listener: Int32, stop: Int32, handler: any RequestHandler) throws(SimulatorError) {
    epoll = try Epoll()
    self.listener = listener
    self.handler = handler
    // Every read lands here first; freed when the loop ends.
    scratch = .allocate(byteCount: 256 * 1024, alignment: 64)
    epoll.add(listener, .reading, token: Self.listenerToken)
    epoll.add(stop, .reading, token: Self.stopToken)
  }

  func run() {
    while isRunning {
      epoll.wait(milliseconds: patience()) { event in
        now = .now
        dispatch(event)
      }
      now = .now
      while let action = timers.popDue(now) { action() }
    }
    for case let connection? in connections { connection.close() }
    connections = []
    _ = close(listener)
    epoll.close()
    scratch.deallocate()
  }

  /// Calls `action` on this thread once `delay` has passed.
  func after(_ delay: Duration, _ action: @escaping () -> Void) {
    timers.set(action, at: now + delay)
  }

  /// Calls `action` on this thread again and again until the loop ends.
  func repeatEvery(_ interval: Duration, _ action: @escaping () -> Void) {
    after(interval) { [weak self] in
      action()
      self?.repeatEvery(interval, action)
    }
  }

  func watch(_ connection: Connection, _ interest: Epoll.Interest) {
    epoll.change(connection.descriptor, interest, token: connection.token)
  }

  func forget(_ connection: Connection) { connections[Int(connection.descriptor)] = nil }

  /// Milliseconds until the first timer, rounded up so that it never fires early.
  private func patience() -> Int32 {
    guard let deadline = timers.next else { return -1 }
    let now = Moment.now
    guard deadline > now else { return 0 }
    return Int32(clamping: (deadline.nanoseconds - now.nanoseconds + 999_999) / 1_000_000)
  }

  private func dispatch(_ event: Epoll.Event) {
    switch event.token {
    case Self.listenerToken: acceptAll()
    case Self.stopToken: isRunning = false
    default:
      let descriptor = Int(event.token & 0xFFFF_FFFF)
      // A descriptor closed earlier in this batch may already belong to a newer connection.
      guard descriptor < connections.count, let connection = connections[descriptor],
        connection.token == event.token
      else { return }
      connection.handle(event)
    }
  }

  private func acceptAll() {
    while true {
      let descriptor = accept(listener, nil, nil)
      // No one is waiting, or descriptors ran out: the listener stays readable and is asked again.
      guard descriptor >= 0 else { return }
      Socket.prepare(descriptor)
      while connections.count <= Int(descriptor) { connections.append(nil) }
      generation &+= 1
      let token = UInt64(generation) << 32 | UInt64(descriptor)
      let connection = Connection(descriptor: descriptor, token: token, loop: self, handler: handler)
      connections[Int(descriptor)] = connection
      epoll.add(descriptor, .reading, token: token)
    }
  }
}
