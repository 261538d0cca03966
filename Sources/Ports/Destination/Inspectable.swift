import JSONStream
import MissionCore

/// A destination that tells what it holds: what `verify` and `--repair` ask, and a run before and after each upload.
///
/// Each call is answered once, as `Destination` answers.
package protocol Inspectable: Sendable {
  /// What is there of these missions, in their order; nil for one that has neither a ledger row nor records.
  func inspect(
    _ missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void)

  /// What the ledger says of these missions, in their order; nil for one without a row. Asked before anything is asked of
  /// a source, and after every upload, so it must not wait behind loads.
  func ledgers(
    of missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission.Ledger?], DestinationError>) -> Void)

  /// The missions that have a ledger row or records in any of our tables, in an order that stays the same: the first `limit` behind `after`
  /// (nil: from the first). Fewer only at the end. As text, since others may have written rows that name no mission.
  func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void)

  /// Gives the mission's records as they were loaded, one after the other by their places; `ad` must be done with the
  /// bytes when it returns. False, and then what was given is of no use, when a place has no row: rows are missing, or
  /// ids were repeated. Nil, without any, when the destination keeps values and not bytes.
  func readAds(
    of mission: MissionID, ad: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    reply: @escaping @Sendable (Result<Bool?, DestinationError>) -> Void)

  /// Compares the mission's rows, in the table that the ledger names, with those that `result` makes: ids, which `id`
  /// leads to, places and the records' tokens, or their values where the destination keeps values. Answers with the first
  /// difference, nil when there is none.
  func compare(
    _ mission: MissionID, with result: SpooledResult, id: JSONPointer,
    reply: @escaping @Sendable (Result<Message?, DestinationError>) -> Void)

  /// Takes the SHA-256 out of these missions' ledger rows, so that the next load writes them whatever it brings. Nothing
  /// is removed before that.
  func distrust(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void)
}

extension Inspectable {
  /// The digests alone.
  package func digests(
    of missions: [MissionID], reply: @escaping @Sendable (Result<[String?], DestinationError>) -> Void
  ) { ledgers(of: missions) { reply($0.map { $0.map { $0?.sha256 } }) } }

  /// For destinations that keep values and not bytes.
  package func readAds(
    of mission: MissionID, ad: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    reply: @escaping @Sendable (Result<Bool?, DestinationError>) -> Void
  ) { reply(.success(nil)) }
}
