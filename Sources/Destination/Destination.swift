import MissionCore
import Spool

/// Where scraped ads go (SPEC 9). Implementations pass one conformance suite, `DestinationConformance`.
///
/// Each call is answered once, from a thread of the destination's own; nothing blocks the caller.
public protocol Destination: Sendable {
  /// Replaces the mission's rows by those of the result, in one transaction with its ledger row. On success the
  /// rows are durable and as many as the bytes say; on failure nothing of this load is left, and what was there before
  /// is. May run again with the same or with other bytes.
  func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void)

  /// Connects, creates the tables when they are absent, and writes in a transaction, reads back what it wrote and rolls
  /// it back. Answers with the database's name and version, as `SQLite 3.40.1`.
  func check(reply: @escaping @Sendable (Result<String, DestinationError>) -> Void)

  /// What is there of these missions, in their order; nil for one that has neither a ledger row nor ads.
  func inspect(
    _ missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void)

  /// The digests that the ledger has of these missions, in their order; nil for one without a row. Asked after every
  /// upload, so it must not wait behind loads.
  func digests(
    of missions: [MissionID], reply: @escaping @Sendable (Result<[String?], DestinationError>) -> Void)

  /// The missions that have a ledger row or ads, in an order that stays the same: the first `limit` behind `after`
  /// (nil: from the first). Fewer only at the end. As text, since others may have written rows that name no mission.
  func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void)

  /// Gives the mission's ads as they were loaded, one after the other by their places; `ad` must be done with the
  /// bytes when it returns. False, and then what was given is of no use, when a place has no row: rows are missing, or
  /// ids were repeated. Nil, without any ad, when the destination keeps values and not bytes.
  func readAds(
    of mission: MissionID, ad: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    reply: @escaping @Sendable (Result<Bool?, DestinationError>) -> Void)

  /// Compares the mission's rows with those that `result` makes: ids, places and the ads' tokens, or their values where
  /// the destination keeps values. Answers with the first difference, nil when there is none.
  func compare(
    _ mission: MissionID, with result: SpooledResult,
    reply: @escaping @Sendable (Result<String?, DestinationError>) -> Void)

  /// Takes the SHA-256 out of these missions' ledger rows, so that the next load writes them whatever it brings. Nothing
  /// is removed before that.
  func distrust(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void)

  /// Answers what waits, then lets go of the database. Blocks; nothing may be asked afterwards.
  func close()
}

extension Destination {
  public func digests(
    of missions: [MissionID], reply: @escaping @Sendable (Result<[String?], DestinationError>) -> Void
  ) { inspect(missions) { reply($0.map { $0.map { $0?.ledger?.sha256 } }) } }

  /// For destinations that keep values and not bytes.
  public func readAds(
    of mission: MissionID, ad: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    reply: @escaping @Sendable (Result<Bool?, DestinationError>) -> Void
  ) { reply(.success(nil)) }
}

/// A result to load.
public struct LoadRequest: Sendable {
  public let mission: MissionID
  public let parameters: MissionParameters
  public let runID: String
  public let result: SpooledResult
  /// Becomes `loaded_at`.
  public let at: Timestamp
  /// Writes also when the ledger says that it is loaded. Rows that are as they should be may stay as they are.
  public let replaces: Bool
  /// Of the scraped bytes, for the ledger: the result's own, but for a mending with a result of the same tokens in other
  /// spacing, as the caller has proved.
  public let sha256: String

  public init(
    mission: MissionID, parameters: MissionParameters, runID: String, result: SpooledResult, at: Timestamp,
    replaces: Bool = false, sha256: String? = nil
  ) {
    self.mission = mission
    self.parameters = parameters
    self.runID = runID
    self.result = result
    self.at = at
    self.replaces = replaces
    self.sha256 = sha256 ?? result.sha256
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
