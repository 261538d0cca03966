/// What a run shows while it works.
package struct ProgressState: Equatable, Sendable {
  /// Missions selected.
  package var total = 0
  package var done = 0
  package var failed = 0
  package var cancelled = 0
  /// Missions that ended per second of this run; nil before the first ended.
  package var ratePerSecond: Double?
  package var secondsLeft: Double?
  /// Since the work began; a clock, so that something moves while long jobs run. Nil shows none.
  package var elapsedSeconds: Double?
  /// Busy workers, in the order they are shown.
  package var workers: [Activity] = []
  /// Told to stop: what runs is brought to a safe point.
  package var isStopping = false

  package init() {}

  package var ended: Int { done + failed + cancelled }

  /// What one worker does now.
  package struct Activity: Equatable, Sendable {
    package var worker: String
    /// A few words: `2025-03-01 video pt, SCRAPE 42 s`. Several for a worker with several slots.
    package var texts: [String]

    package init(worker: String, texts: [String]) {
      self.worker = worker
      self.texts = texts
    }
  }
}
