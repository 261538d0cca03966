import MissionCore
import Spool

/// Where scraped ads go (SPEC 9). Implementations pass one conformance suite, `DestinationConformance`.
///
/// Each call is answered once, from a thread of the destination's own; nothing blocks the caller.
public protocol Destination: Sendable {
  /// Replaces the mission's rows by those of the result, in one transaction with its ledger row. On success the
  /// rows are durable; on failure nothing of this load is left. May run again with the same or with other bytes.
  func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void)

  /// Connects, creates the tables when they are absent, and writes in a transaction that is rolled back. Answers with
  /// the database's name and version, as `SQLite 3.40.1`.
  func check(reply: @escaping @Sendable (Result<String, DestinationError>) -> Void)

  /// What is there of these missions, in their order; nil for one that has neither a ledger row nor ads.
  func inspect(
    _ missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void)

  /// The missions that have a ledger row or ads, in an order that stays the same: the first `limit` behind `after`
  /// (nil: from the first). Fewer only at the end. As text, since others may have written rows that name no mission.
  func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void)

  /// Gives the array that was loaded, piece by piece in order, made of the rows. `size` is the array's length; it
  /// tells what stood between the ads. False, and then the pieces are of no use, when the rows cannot give it: some
  /// are missing, ids were repeated, or the destination does not keep bytes. Whether the bytes are the loaded ones is
  /// for the caller to prove by their SHA-256. `piece` must be done with the bytes when it returns.
  func rebuild(
    _ mission: MissionID, size: Int64, piece: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    reply: @escaping @Sendable (Result<Bool, DestinationError>) -> Void)

  /// Removes the ledger rows and the ads of these missions in one transaction, so that the next load writes them
  /// whatever is there now.
  func remove(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void)

  /// Answers what waits, then lets go of the database. Blocks; nothing may be asked afterwards.
  func close()
}

extension Destination {
  /// For destinations that keep values and not bytes.
  public func rebuild(
    _ mission: MissionID, size: Int64, piece: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    reply: @escaping @Sendable (Result<Bool, DestinationError>) -> Void
  ) { reply(.success(false)) }
}

/// A result to load.
public struct LoadRequest: Sendable {
  public let mission: MissionID
  public let parameters: MissionParameters
  public let runID: String
  public let result: SpooledResult
  /// Becomes `loaded_at`.
  public let at: Timestamp

  public init(
    mission: MissionID, parameters: MissionParameters, runID: String, result: SpooledResult, at: Timestamp
  ) {
    self.mission = mission
    self.parameters = parameters
    self.runID = runID
    self.result = result
    self.at = at
  }
}

/// What a load wrote.
public typealias LoadOutcome = LoadedRows

/// A mission as the destination holds it.
public struct LoadedMission: Hashable, Sendable {
  /// What the ledger row says; nil when there is none.
  public struct Ledger: Hashable, Sendable {
    public let adsCount: Int
    public let rowsCount: Int
    public let sha256: String

    public init(adsCount: Int, rowsCount: Int, sha256: String) {
      self.adsCount = adsCount
      self.rowsCount = rowsCount
      self.sha256 = sha256
    }
  }

  public let ledger: Ledger?
  /// Rows that `ads` really has.
  public let rowsFound: Int

  public init(ledger: Ledger?, rowsFound: Int) {
    self.ledger = ledger
    self.rowsFound = rowsFound
  }
}
