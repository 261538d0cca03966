/// What the ads of this simulator are like.
public struct AdsSettings: Sendable, Equatable {
  /// The same seed gives the same ads.
  public var seed: UInt64 = 1
  /// Ads of one request. When it can be 0, one request in twelve has none at all.
  public var count: ClosedRange<Int> = 0...40
  /// About how many bytes an ad has.
  public var size = 1000

  public init() {}
}
