import Journal
import MissionCore

/// What was tried again, by code, worker and proxy, and the job time that brought nothing.
public struct Retries: Hashable, Sendable {
  /// How often something was tried again for one name.
  public struct Count: Hashable, Sendable {
    public let name: String
    public let count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// Attempts that failed with one code on one worker through one proxy, whether they were tried again or not.
  public struct Attempts: Hashable, Sendable {
    public let code: String
    public let worker: String?
    public let proxy: String?
    public let count: Int

    init(code: String, worker: String?, proxy: String?, count: Int) {
      (self.code, self.worker, self.proxy, self.count) = (code, worker, proxy, count)
    }
  }

  /// Of `attempts`, at most.
  static let mostAttempts = 400

  public internal(set) var count = 0
  /// Failed attempts, the most frequent first.
  public internal(set) var attempts: [Attempts] = []
  /// Seconds of jobs that failed.
  public internal(set) var lostSeconds = 0.0
  /// Of these and of the jobs that brought something.
  public internal(set) var jobSeconds = 0.0
  /// The most frequent first; by `ERROR200`.
  public internal(set) var codes: [Count] = []
  public internal(set) var workers: [Count] = []
  public internal(set) var proxies: [Count] = []

  public init() {}

  /// - Parameter scrapeSeconds: of what was scraped in the end.
  init(_ attempts: [FailedAttempts], scrapeSeconds: Double) {
    var (codes, workers, proxies) = ([String: Int](), [String: Int](), [String: Int]())
    for attempt in attempts {
      count += attempt.retries
      lostSeconds += attempt.lostSeconds
      guard attempt.retries > 0 else { continue }
      codes[attempt.code.rawValue, default: 0] += attempt.retries
      if let worker = attempt.worker { workers[worker, default: 0] += attempt.retries }
      if let proxy = attempt.proxy { proxies[proxy, default: 0] += attempt.retries }
    }
    self.attempts = Array(
      attempts.map {
        Attempts(code: $0.code.rawValue, worker: $0.worker, proxy: $0.proxy, count: $0.retries + $0.failures)
      }.filter { $0.count > 0 }.sorted { $1.count < $0.count }.prefix(Self.mostAttempts))
    jobSeconds = lostSeconds + scrapeSeconds
    self.codes = Self.sorted(codes)
    self.workers = Self.sorted(workers)
    self.proxies = Self.sorted(proxies)
  }

  /// Share of the job time that was thrown away; nil when no job took any.
  public var lostShare: Double? { jobSeconds > 0 ? lostSeconds / jobSeconds : nil }

  private static func sorted(_ counts: [String: Int]) -> [Count] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { Count(name: $0.key, count: $0.value) }
  }
}
