/// What the workers of this simulator are like.
struct WorkerSettings: Sendable {
  var count: Int
  /// Jobs that a worker runs at once.
  var capacity: Int
  var sessionTime: Duration
  var jobTime: ClosedRange<Duration>
  /// How long every answer is held back.
  var latency: Duration
  var apiKeyPrefix: String
  var ads: AdsSettings
  var chance: Chance
}
