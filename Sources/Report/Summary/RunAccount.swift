import Journal
import MissionCore

/// Adds the missions of a report up: what is told per checkpoint, worker, proxy and code.
///
/// Bounded but for four bytes for each time that a checkpoint took, so that the percentiles are exact.
public struct RunAccount: Sendable {
  /// Missions that were added.
  public private(set) var listed = 0
  /// Of the failed ones.
  package private(set) var failures = FailureGroups()
  /// When they ended.
  package private(set) var ended = EndedOverTime()
  private var suspicious = SuspiciousResults()
  private var bytes: Int64 = 0
  /// Of the scrapes that brought something.
  package private(set) var scrapeSeconds = 0.0
  private var workers: [String: RunSummary.Share] = [:]
  private var proxies: [String: RunSummary.Share] = [:]
  /// Milliseconds, by the checkpoint's place.
  private var times: [[UInt32]] = [[], [], []]

  public init() {}

  /// One more mission that the report lists.
  public mutating func add(_ mission: MissionRecord) {
    add(MissionOutcome(mission))
    if mission.status == .failed { failures.add(mission) }
    suspicious.add(mission)
  }

  /// Of one that neither FAILED nor looks wrong.
  package mutating func add(_ mission: MissionOutcome) {
    listed += 1
    if mission.status == .done { bytes += mission.size ?? 0 }
    if mission.status == .done || mission.status == .failed, let at = mission.finishedAt { ended.add(at) }
    scrapeSeconds += mission.scrapeSeconds ?? 0
    Self.add(mission, to: mission.worker, in: &workers)
    Self.add(mission, to: mission.proxy, in: &proxies)
    add(mission.scrapeSeconds, to: 0)
    add(mission.dbSeconds, to: 1)
    add(mission.s3Seconds, to: 2)
  }

  private mutating func add(_ seconds: Double?, to place: Int) {
    if let seconds { times[place].append(UInt32(clamping: Int64((seconds * 1000).rounded()))) }
  }

  /// Writes the sums into the summary.
  package func fill(_ summary: inout RunSummary) {
    summary.bytes = bytes
    summary.omitted = max(0, summary.run.counts.selected - listed)
    summary.workers = workers.values.sorted { $0.name < $1.name }
    summary.proxies = proxies.values.sorted { $0.name < $1.name }
    summary.failures = failures.summaries
    summary.suspicious = suspicious
    summary.checkpoints = zip(Checkpoint.allCases, times).compactMap { checkpoint, times in
      guard !times.isEmpty else { return nil }
      let sorted = times.sorted()
      // The nearest rank.
      let value = { (percent: Int) in Double(sorted[(sorted.count * percent + 99) / 100 - 1]) / 1000 }
      return RunSummary.CheckpointTimes(checkpoint: checkpoint, p50Seconds: value(50), p95Seconds: value(95))
    }
  }

  private static func add(
    _ mission: MissionOutcome, to name: String?, in shares: inout [String: RunSummary.Share]
  ) {
    guard let name else { return }
    let old = shares[name]
    let isDone = mission.status == .done
    shares[name] = RunSummary.Share(
      name: name, done: (old?.done ?? 0) + (isDone ? 1 : 0),
      failed: (old?.failed ?? 0) + (mission.status == .failed ? 1 : 0),
      ads: (old?.ads ?? 0) + (isDone ? Int64(mission.adsCount ?? 0) : 0),
      bytes: (old?.bytes ?? 0) + (isDone ? mission.size ?? 0 : 0))
  }
}
