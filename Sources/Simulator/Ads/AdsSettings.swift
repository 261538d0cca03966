/// What the ads of this simulator are like.
package struct AdsSettings: Sendable, Equatable {
  /// The same seed gives the same ads.
  package var seed: UInt64 = 1
  /// Ads of one request. When it can be 0, one request in twelve has none at all.
  package var count: ClosedRange<Int> = 0...40
  /// About how many bytes an ad has.
  package var size = 1000

  package init() {}
}
