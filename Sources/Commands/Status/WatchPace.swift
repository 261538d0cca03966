import Threads

/// How fast missions end, over the last minute of the live run.
struct WatchPace {
  private static let window = Duration.seconds(60)

  private var runID: String?
  private var samples: [(at: Moment, ended: Int)] = []

  /// Nil until something has ended while it was watched; then the run's own
  ///   average is better than nothing.
  mutating func rate(_ snapshot: StatusSnapshot, at now: Moment) -> Double? {
    guard let run = snapshot.run else {
      samples = []
      return nil
    }
    if run.id != runID { samples = [] }
    runID = run.id
    let ended = run.counts.done + run.counts.failed + run.counts.cancelled
    samples.append((now, ended))
    while samples.count > 2, now - samples[0].at > Self.window { samples.removeFirst() }
    let seconds = (now - samples[0].at) / .seconds(1)
    guard seconds >= 5, ended > samples[0].ended else { return snapshot.ratePerSecond }
    return Double(ended - samples[0].ended) / seconds
  }
}
