/// Everything that the command line can say.
package struct SimulatorOptions: Sendable {
  package var port: UInt16 = 8600
  package var storePort: UInt16 = 8601
  package var workers = 4
  package var capacity = 2
  package var ads = AdsSettings()
  package var sessionTime = Duration.seconds(1)
  package var jobTime: ClosedRange<Duration> = .milliseconds(200)...(.seconds(1))
  package var latency = Duration.zero
  package var sessionFailures = 0.0
  package var jobFailures = 0.0
  package var script: String?
  package var store = "state/simulator-store"
  package var log: String?
  package var bucket = "mission-audit"
  package var accessKey = "demo-access"
  package var secretKey = "demo-secret-key"
  package var apiKeyPrefix = "demo-key-"
  package var portsFile: String?
  package var readyFile: String?
  package var exitsWithParent = false
  package var checksSignatures = true
  package var showsHelp = false

  package init() {}

  /// Reads the arguments after the program's name. Each option is given as `--name value` or `--name=value`.
  package init(arguments: [String]) throws(SimulatorError) {
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
