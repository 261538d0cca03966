import MissionCore

/// What a run's missions add up to; fed one mission at a time, its size does not grow with their number.
public struct RunTally: Sendable {
  /// What one worker or one proxy brought about.
  public struct Share: Equatable, Sendable {
    public var done = 0
    public var failed = 0
    public var ads: Int64 = 0
    public var bytes: Int64 = 0
  }

  /// The missions that failed with one code.
  public struct FailureGroup: Equatable, Sendable {
    public let code: ErrorCode
    public var count: Int
    /// The first mission that was seen.
    public let example: MissionID
    public let cause: ErrorCode?
    public let message: String
  }

  public private(set) var done = 0
  public private(set) var failed = 0
  public private(set) var cancelled = 0
  /// Missions that are not finished, by the checkpoint they have reached.
  public private(set) var left: [Checkpoint: Int] = [:]
  /// Elements and bytes of `data` over DONE missions.
  public private(set) var ads: Int64 = 0
  public private(set) var bytes: Int64 = 0
  public private(set) var retries = 0
  public private(set) var durations: [Checkpoint: DurationSketch] = [:]
  public private(set) var workers: [String: Share] = [:]
  public private(set) var proxies: [String: Share] = [:]
  public private(set) var failures: [ErrorCode: FailureGroup] = [:]

  public init() {}

  public var leftTotal: Int { left.values.reduce(0, +) }

  public mutating func add(_ mission: MissionRecord) {
    retries += mission.retryCount
    switch mission.status {
    case .done: addDone(mission)
    case .failed: addFailed(mission)
    case .cancelled: cancelled += 1
    case .pending, .queued, .running: left[mission.checkpoint, default: 0] += 1
    }
    addDuration(mission.scrapeSeconds, .scrape)
    addDuration(mission.dbSeconds, .db)
    addDuration(mission.s3Seconds, .s3)
  }

  private mutating func addDone(_ mission: MissionRecord) {
    done += 1
    var share = Share()
    share.done = 1
    share.ads = Int64(mission.adsCount ?? 0)
    share.bytes = mission.size ?? 0
    ads += share.ads
    bytes += share.bytes
    add(share, of: mission)
  }

  private mutating func addFailed(_ mission: MissionRecord) {
    failed += 1
    var share = Share()
    share.failed = 1
    add(share, of: mission)
    let code = mission.errorCode ?? .internalError
    let first = FailureGroup(
      code: code, count: 0, example: mission.id, cause: mission.errorCause,
      message: mission.errorMessage ?? "")
    failures[code, default: first].count += 1
  }

  private mutating func add(_ share: Share, of mission: MissionRecord) {
    Self.add(share, to: &workers[mission.worker ?? "", default: Share()])
    Self.add(share, to: &proxies[mission.proxy ?? "", default: Share()])
  }

  private static func add(_ share: Share, to sum: inout Share) {
    sum.done += share.done
    sum.failed += share.failed
    sum.ads += share.ads
    sum.bytes += share.bytes
  }

  private mutating func addDuration(_ seconds: Double?, _ checkpoint: Checkpoint) {
    if let seconds { durations[checkpoint, default: DurationSketch()].add(seconds: seconds) }
  }
}
