/// Chooses missions (SPEC 4). Empty or nil parts choose everything.
public struct MissionFilter: Hashable, Sendable {
  public var statuses: [MissionStatus] = []
  /// Missions of these sources; empty: of whatever source.
  public var sources: [String] = []
  /// Missions that start on this day or later.
  public var from: CalendarDay?
  /// Missions that end on this day or earlier.
  public var to: CalendarDay?
  public var mediaType: MediaType?
  /// Missions whose set contains all of these (lower case).
  public var languages: [String] = []
  /// Missions whose latest failure has one of these; empty: whatever became of them.
  public var codes: [ErrorCode] = []
  /// Only missions that failed and did not succeed since.
  public var hasFailed = false
  public var ids: [MissionID] = []
  public var shard: Shard?
  public var runID: String?
  /// Only missions whose result is not trusted.
  public var isSuspicious = false
  /// Only missions that slots of these schedules made; nil: whatever made them.
  package var schedules: [String]?

  public init() {}

  /// One of `count` parts of all missions, cut by their ids (TRUST 4).
  public struct Shard: Hashable, Sendable {
    /// From 0.
    public let index: UInt64
    public let count: UInt64

    public init(index: UInt64, count: UInt64) {
      self.index = index
      self.count = count
    }
  }

  /// Whether a mission of these parameters is chosen; status, code and run are not looked at.
  public func takes(_ parameters: MissionParameters, id: MissionID) -> Bool {
    if !sources.isEmpty, !sources.contains(parameters.source) { return false }
    if let from, parameters.dateStart < from { return false }
    if let to, parameters.dateEnd > to { return false }
    if let mediaType, parameters.mediaType != mediaType { return false }
    if !languages.allSatisfy(parameters.languages.contains) { return false }
    if !ids.isEmpty, !ids.contains(id) { return false }
    if let shard, !id.belongs(toShard: shard.index, of: shard.count) { return false }
    return true
  }
}

/// In which order missions run; priority always comes first, the id last.
public enum MissionOrder: String, CaseIterable, Sendable {
  case oldest, newest
}
