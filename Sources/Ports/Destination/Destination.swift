import MissionCore

/// Where scraped records go (SPEC 9). Implementations pass one conformance suite, `DestinationConformance`.
///
/// Each call is answered once, from a thread of the destination's own; nothing blocks the caller.
package protocol Destination: Sendable {
  /// Replaces the mission's rows by those of the result, in one transaction with its ledger row: those in the table
  /// that the ledger names go, those in the request's table come. The table is made when it is absent; one of its name
  /// that we did not make is refused. On success the rows are durable and as many as the bytes say; on failure nothing of this load is left, and what was there before
  /// is. May run again with the same or with other bytes.
  func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void)

  /// Connects, creates the tables when they are absent, and writes to each of these in a transaction, reads back what it
  /// wrote and rolls it back. Answers with the database's name and version, as `SQLite 3.40.1`.
  func check(
    _ tables: [RecordTable], reply: @escaping @Sendable (Result<Message, DestinationError>) -> Void)

  /// How it is asked what it holds; nil when it cannot be asked, and its word must do.
  var inspectable: (any Inspectable)? { get }

  /// Answers what waits, then lets go of the database. Blocks; nothing may be asked afterwards.
  func close()
}

extension Destination {
  package var inspectable: (any Inspectable)? { nil }
}
