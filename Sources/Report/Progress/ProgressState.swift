/// What a run shows while it works.
public struct ProgressState: Equatable, Sendable {
  /// Missions selected.
  public var total = 0
  public var done = 0
  public var failed = 0
  public var cancelled = 0
  /// Left for a later run, because what they need is out of reach.
  public var parked = 0
  /// Attempts that failed and are made again.
  public var retries = 0
  /// Missions that failed with each code, the most frequent first.
  public var failures: [Failure] = []
  /// DONE missions of the whole journal and all of them; nil when they are this run's alone.
  public var backfill: Share?
  /// Missions that ended per second of this run; nil before the first ended.
  public var ratePerSecond: Double?
  public var secondsLeft: Double?
  /// Since the work began; a clock, so that something moves while long jobs run. Nil shows none.
  public var elapsedSeconds: Double?
  /// Busy workers, in the order they are shown.
  public var workers: [Activity] = []
  /// Told to stop: what runs is brought to a safe point.
  public var isStopping = false

  public init() {}

  public var ended: Int { done + failed + cancelled }

  /// So many missions of so many.
  public struct Share: Equatable, Sendable {
    public var done: Int
    public var total: Int

    public init(done: Int, total: Int) { (self.done, self.total) = (done, total) }
  }

  /// How many missions failed with a code.
  public struct Failure: Equatable, Sendable {
    public var code: String
    public var count: Int

    public init(code: String, count: Int) { (self.code, self.count) = (code, count) }
  }

  /// What one worker does now.
  public struct Activity: Equatable, Sendable {
    public var worker: String
    /// A few words: `2025-03-01 video pt, SCRAPE 42 s`. Several for a worker with several slots.
    public var texts: [String]

    public init(worker: String, texts: [String]) {
      self.worker = worker
      self.texts = texts
    }
  }
}
