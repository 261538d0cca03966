/// How many jobs a lane gets at once, where that is fewer than it could have, and why.
public struct LaneLimit: Hashable, Sendable {
  /// Why a lane gets fewer jobs than its capacity.
  public enum Reason: Hashable, Sendable {
    /// It is being found out whether its jobs are faster with fewer at once.
    case comparing
    /// With more at once its jobs took so many times as long.
    case slower(times: Double)
    /// It was asked for more than it takes: it answered 429 or 503.
    case refused
    /// A session of it failed.
    case sessionFailed
  }

  public let limit: Int
  public let capacity: Int
  public let reason: Reason

  public init(limit: Int, capacity: Int, reason: Reason) {
    self.limit = limit
    self.capacity = capacity
    self.reason = reason
  }
}

extension LaneLimit.Reason {
  /// `its jobs took 4.1 times as long with more`.
  public var words: Message {
    switch self {
    case .comparing: return "it is compared with more"
    case .slower(let times):
      let tenths = Int((min(times, 1e6) * 10).rounded())
      return "its jobs took \(tenths / 10).\(tenths % 10) times as long with more"
    case .refused: return "it refused more (429 or 503)"
    case .sessionFailed: return "its session failed"
    }
  }
}
