import Synchronization

/// What another thread answers, once.
package final class Reply<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let gate = Gate()

  package init() {}

  package func give(_ value: Value) {
    self.value.withLock {
      precondition($0 == nil, "answered twice")
      $0 = value
    }
    gate.open()
  }

  package func wait() -> Value {
    gate.wait()
    return value.withLock { $0! }
  }
}
