import KeyTable

extension Configuration {
  /// How missions run; the values here are the defaults of the contract.
  package struct Execution: ConfigurationSection {
    package var refreshInterval = 5
    package var autoRetry = true
    package var maxRetries = 2
    package var timeoutSession = Duration.seconds(180)
    package var timeoutJob = Duration.seconds(100 * 60)
    /// As written; `Configuration.maxConcurrency(with:)` gives what takes effect.
    package var maxConcurrency: Int?
    package var maxResultSize: Int64 = 4 << 30
    package var polling = Polling()
    package var timeouts = Timeouts()
    package var proxyCheckURL: ServiceURL?
    var allowPlainHTTP = false
    package init() {}
  }

  /// Waits between looks at a worker; zero looks again at once.
  package struct Polling: ConfigurationSection {
    package var sessionInitial = Duration.seconds(60)
    package var session = Duration.seconds(10)
    package var job = Duration.seconds(30)
    package init() {}
  }

  /// Deadlines, always more than zero.
  package struct Timeouts: ConfigurationSection {
    package var connect = Duration.seconds(10)
    package var response = Duration.seconds(60)
    package var stalled = Duration.seconds(60)
    package var upload = Duration.seconds(600)
    package var statement = Duration.seconds(600)
    package var busy = Duration.seconds(10)
    package init() {}
  }
}
