/// One value that one thread gives and another waits for.
package struct Answer<Value: Sendable>: Sendable {
  private let value = Monitor<Value?>(nil)

  package init() {}

  /// Once.
  package func give(_ given: Value) { value.change { $0 = given } }

  /// Blocks until it is given.
  package func wait() -> Value { value.wait { $0 } }

  /// Nil when there was none before the deadline.
  package func wait(until deadline: Moment) -> Value? { value.wait(until: deadline) { $0 } }

  /// The answer of what `start` starts; blocks.
  package static func of(_ start: (@escaping @Sendable (Value) -> Void) -> Void) -> Value {
    let answer = Answer()
    start { answer.give($0) }
    return answer.wait()
  }
}
