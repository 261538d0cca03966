import KeyTable

extension Configuration {
  /// How missions run; the values here are the defaults of the contract.
  public struct Execution: ConfigurationSection {
    public var refreshInterval = 5
    public var autoRetry = true
    public var maxRetries = 2
    public var timeoutSession = Duration.seconds(180)
    public var timeoutJob = Duration.seconds(100 * 60)
    /// As written; `Configuration.maxConcurrency(with:)` gives what takes effect.
    public var maxConcurrency: Int?
    /// Whether lanes get fewer jobs at once when they show that they cannot take more.
    public var isAdaptive = true
    public var maxResultSize: Int64 = 4 << 30
    public var polling = Polling()
    public var timeouts = Timeouts()
    public var proxyCheckURL: ServiceURL?
    var allowPlainHTTP = false
    package init() {}
  }

  /// Waits between looks at a worker; zero looks again at once.
  public struct Polling: ConfigurationSection {
    public var sessionInitial = Duration.seconds(60)
    public var session = Duration.seconds(10)
    public var job = Duration.seconds(30)
    package init() {}
  }

  /// Deadlines, always more than zero.
  public struct Timeouts: ConfigurationSection {
    public var connect = Duration.seconds(10)
    public var response = Duration.seconds(60)
    public var stalled = Duration.seconds(60)
    public var upload = Duration.seconds(600)
    public var statement = Duration.seconds(600)
    public var busy = Duration.seconds(10)
    package init() {}
  }
}
