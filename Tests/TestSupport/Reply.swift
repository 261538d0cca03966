import Threads

/// What another thread answers, once.
package final class Reply<Value: Sendable>: Sendable {
  private let value = Monitor<Value?>(nil)

  package init() {}

  package func give(_ given: Value) {
    value.change {
      precondition($0 == nil, "answered twice")
      $0 = given
    }
  }

  package func wait() -> Value { value.wait { $0 } }
}
