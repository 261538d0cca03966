import MissionCore
import Ports

/// Something that a PostgreSQL destination is asked for, and who waits for the answer.
struct PostgresWork: Sendable {
  /// Does it; what it gives delivers the answer.
  let perform: @Sendable (PostgresLoader) -> @Sendable () -> Void
  let fail: @Sendable (DestinationError) -> Void

  init<Value: Sendable>(
    reply: @escaping @Sendable (Result<Value, DestinationError>) -> Void,
    _ body: @escaping @Sendable (PostgresLoader) throws(DestinationError) -> Value
  ) {
    perform = { loader in
      let answer = loader.answer { () throws(DestinationError) in try body(loader) }
      return { reply(answer) }
    }
    fail = { reply(.failure($0)) }
  }
}
