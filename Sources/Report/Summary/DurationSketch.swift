import Glibc

/// Percentiles of any number of durations in little memory: buckets that grow by one per cent, so that an
/// answer is at most half a per cent off.
public struct DurationSketch: Sendable {
  private static let growth = 1.01
  private static let shortestSeconds = 0.0001

  private var buckets: [Int: Int] = [:]
  private var count = 0

  public init() {}

  public var isEmpty: Bool { count == 0 }

  public mutating func add(seconds: Double) {
    guard seconds.isFinite, seconds >= 0 else { return }
    let index = Int((log(max(seconds, Self.shortestSeconds)) / log(Self.growth)).rounded())
    buckets[index, default: 0] += 1
    count += 1
  }

  /// The nearest-rank percentile, `fraction` from 0 to 1; nil when nothing was added.
  public func percentile(_ fraction: Double) -> Double? {
    guard count > 0 else { return nil }
    var remaining = max(1, Int((fraction * Double(count)).rounded(.up)))
    for (index, inBucket) in buckets.sorted(by: { $0.key < $1.key }) {
      remaining -= inBucket
      if remaining <= 0 { return pow(Self.growth, Double(index)) }
    }
    return nil
  }
}
