/// State that some threads change and others wait for.
package final class Monitor<State: Sendable>: @unchecked Sendable {
  // @unchecked: the state is only touched under the lock.
  private let lock = ConditionLock()
  private var state: State

  package init(_ state: State) { self.state = state }

  /// Reads or changes what nobody waits for.
  package func withLock<R>(_ body: (inout State) throws -> R) rethrows -> R {
    try lock.locked { try body(&state) }
  }

  /// Changes the state and has all that wait look at it.
  package func change<R>(_ body: (inout State) throws -> R) rethrows -> R {
    defer { lock.wakeAll() }
    return try withLock(body)
  }

  /// Waits until `body` has something to give.
  package func wait<R>(for body: (inout State) -> R?) -> R { wait(until: nil, for: body)! }

  /// Waits until `body` has something to give, at most until `deadline`; nil when that came first.
  package func wait<R>(until deadline: Moment?, for body: (inout State) -> R?) -> R? {
    lock.locked {
      while true {
        if let found = body(&state) { return found }
        guard lock.sleep(until: deadline) else { return body(&state) }
      }
    }
  }
}
