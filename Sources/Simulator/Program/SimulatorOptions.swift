/// Everything that the command line can say.
public struct SimulatorOptions: Sendable {
  public var port: UInt16 = 8600
  public var storePort: UInt16 = 8601
  public var workers = 4
  public var capacity = 2
  public var ads = AdsSettings()
  public var sessionTime = Duration.seconds(1)
  public var jobTime: ClosedRange<Duration> = .milliseconds(200)...(.seconds(1))
  public var latency = Duration.zero
  public var sessionFailures = 0.0
  public var jobFailures = 0.0
  public var script: String?
  public var store = "state/simulator-store"
  public var log: String?
  public var bucket = "mission-audit"
  public var accessKey = "demo-access"
  public var secretKey = "demo-secret-key"
  public var apiKeyPrefix = "demo-key-"
  public var portsFile: String?
  public var readyFile: String?
  public var exitsWithParent = false
  public var checksSignatures = true
  public var showsHelp = false

  public init() {}

  /// Reads the arguments after the program's name. Each option is given as `--name value` or `--name=value`.
  public init(arguments: [String]) throws(SimulatorError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      guard let option = OptionRow.all.first(where: { $0.name == parts[0] }) else {
        throw .usage("\(parts[0]) is not an option")
      }
      guard option.placeholder != nil else {
        guard parts.count == 1 else { throw .usage("\(option.name) takes no value") }
        _ = option.apply(&self, "")
        continue
      }
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
        throw .usage("\(option.name) needs a value")
      }
      if let wanted = option.apply(&self, value) {
        throw .usage("\(option.name) must be \(wanted), got \(value)")
      }
    }
  }

  var workerSettings: WorkerSettings {
    WorkerSettings(
      count: workers, capacity: capacity, sessionTime: sessionTime, jobTime: jobTime, latency: latency,
      apiKeyPrefix: apiKeyPrefix, ads: ads,
      chance: Chance(seed: ads.seed, sessionFailures: sessionFailures, jobFailures: jobFailures))
  }

  var storeSettings: StoreSettings {
    StoreSettings(
      folder: store, bucket: bucket, accessKey: accessKey, secretKey: secretKey, latency: latency,
      checksSignatures: checksSignatures)
  }
}
