/// What the store of this simulator is like.
struct StoreSettings: Sendable {
  var folder: String
  var bucket: String
  var accessKey: String
  var secretKey: String
  /// How long every answer is held back.
  var latency: Duration
  /// False only to see tests fail.
  var checksSignatures: Bool
}
