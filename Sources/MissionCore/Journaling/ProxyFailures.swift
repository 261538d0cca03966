import Glibc

/// How often sessions through a proxy failed, each failure counting half after an hour (SPEC 7): one bad minute never
/// retires a proxy.
public struct ProxyFailures: Hashable, Sendable {
  public static let halfLife: Duration = .seconds(3600)
  public static let none = ProxyFailures(count: 0, lastAt: nil)

  /// As it was at `lastAt`.
  public private(set) var count: Double
  /// Nil when none ever failed.
  public private(set) var lastAt: Timestamp?

  public init(count: Double, lastAt: Timestamp?) {
    self.count = count.isFinite ? max(0, count) : 0
    self.lastAt = lastAt
  }

  /// What is left of them. A clock that was set back makes none older.
  public func count(at now: Timestamp) -> Double {
    guard let lastAt else { return count }
    let elapsed = Double(max(0, now.milliseconds - lastAt.milliseconds)) / 1000
    return count * exp2(-elapsed / Double(Self.halfLife.components.seconds))
  }

  /// In whole failures, as proxies are compared and people are told.
  public func rounded(at now: Timestamp) -> Int { Int(min(count(at: now), 1e9).rounded()) }

  /// One more, now.
  public mutating func add(at now: Timestamp) {
    count = count(at: now) + 1
    lastAt = now
  }
}
