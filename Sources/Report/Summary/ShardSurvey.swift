import MissionCore

/// Which parts of a whole were merged, and which of them are missing or there twice; pure.
public struct ShardSurvey: Hashable, Sendable {
  /// One journal, or the reports of one.
  public struct Part: Hashable, Sendable {
    /// Nil for a journal that no shard has.
    public let shard: MissionFilter.Shard?
    /// Nil for reports of versions that did not say it.
    public let journalID: String?
    public let path: String
    /// Of the missions that it knows, those that are its shard's: its journal has all that the files name.
    public var missions: Int
    /// When its newest run began.
    public let latest: Timestamp?

    public init(
      shard: MissionFilter.Shard?, journalID: String?, path: String, missions: Int = 0,
      latest: Timestamp? = nil
    ) {
      self.shard = shard
      self.journalID = journalID
      self.path = path
      self.missions = missions
      self.latest = latest
    }

    /// What tells its workers from those of the same name elsewhere: `2/8`.
    package var label: String? { shard.map { "\($0.index)/\($0.count)" } }
  }

  public var parts: [Part]

  public init(_ parts: [Part] = []) { self.parts = parts }

  /// How many shards there are: as many as the newest run says, since their number may change from run to run.
  public var count: Int? {
    parts.filter { $0.shard != nil }.max { ($0.latest?.milliseconds ?? 0) < ($1.latest?.milliseconds ?? 0) }?
      .shard.map { Int($0.count) }
  }

  /// Shards of which nothing was given.
  public var missing: [Int] { (0..<(count ?? 0)).filter { journals(of: $0) == 0 } }

  /// Shards that several journals claim to be.
  public var overlapping: [Int] { (0..<(count ?? 0)).filter { journals(of: $0) > 1 } }

  /// Every part is there once.
  public var isWhole: Bool { missing.isEmpty && overlapping.isEmpty }

  private func journals(of index: Int) -> Int {
    parts.filter { $0.shard.map { Int($0.index) == index && Int($0.count) == count } ?? false }.count
  }
}
