/// How fast missions end, over the last minute of the live run.
struct WatchPace {
  private static let window: Int64 = 60_000_000_000

  private var runID: String?
  private var samples: [(at: Int64, ended: Int)] = []

  /// - Parameter now: monotonic nanoseconds. Nil until something has ended while it was watched; then the run's own
  ///   average is better than nothing.
  mutating func rate(_ snapshot: StatusSnapshot, at now: Int64) -> Double? {
    guard let run = snapshot.run else {
      samples = []
      return nil
    }
    if run.id != runID { samples = [] }
    runID = run.id
    let ended = run.counts.done + run.counts.failed + run.counts.cancelled
    samples.append((now, ended))
    while samples.count > 2, now - samples[0].at > Self.window { samples.removeFirst() }
    let seconds = Double(now - samples[0].at) / 1e9
    guard seconds >= 5, ended > samples[0].ended else { return snapshot.ratePerSecond }
    return Double(ended - samples[0].ended) / seconds
  }
}
