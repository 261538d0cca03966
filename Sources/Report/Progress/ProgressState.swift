/// What a run shows while it works.
public struct ProgressState: Equatable, Sendable {
  /// Missions selected.
  public var total = 0
  public var done = 0
  public var failed = 0
  public var cancelled = 0
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
