import Journal
import MissionCore

/// What the journal says of missions and runs, as metrics. Names are an interface: dashboards rely on them.
public enum JournalMetrics {
  /// - Parameters:
  ///   - now: what a run that works has come to is told by it.
  ///   - isInterim: they are written again soon.
  public static func families(
    from reader: JournalReader, now: Timestamp, isInterim: Bool = false
  ) throws(JournalError) -> [MetricFamily] {
    let history = try reader.history()
    var families = [missions(try reader.counts()), failed(try reader.failedByCode())] + all(history)
    families.append(
      MetricFamily(
        "mission_control_suspicious_missions", .gauge,
        "Missions in the journal whose result is not like those before it", value: try reader.suspicious()))
    families.append(retries(try reader.failedAttempts()))
    families.append(try lastSuccesses(reader))
    if let days = try CoverageMetrics.family(from: reader, isInterim: isInterim) { families.append(days) }
    if let run = try reader.latestRun() { families += try lastRun(run, reader, now) }
    return families
  }

  private static func missions(_ counts: StatusCounts) -> MetricFamily {
    var family = MetricFamily("mission_control_missions", .gauge, "Missions in the journal by status")
    for status in MissionStatus.allCases {
      family.add(Double(counts[status]), ("status", status.rawValue.lowercased()))
    }
    return family
  }

  private static func failed(_ counts: [(code: ErrorCode, count: Int)]) -> MetricFamily {
    var family = MetricFamily(
      "mission_control_failed_missions", .gauge, "FAILED missions in the journal by error code")
    for (code, count) in counts { family.add(Double(count), ("code", code.rawValue)) }
    return family
  }

  private static func retries(_ attempts: [FailedAttempts]) -> MetricFamily {
    var family = MetricFamily(
      "mission_control_retries_total", .counter, "Counted retries over all runs, by code and worker")
    var counts: [String: [String: Int]] = [:]
    for attempt in attempts where attempt.retries > 0 {
      counts[attempt.code.rawValue, default: [:]][attempt.worker ?? "", default: 0] += attempt.retries
    }
    for (code, workers) in counts.sorted(by: { $0.key < $1.key }) {
      for (worker, count) in workers.sorted(by: { $0.key < $1.key }) {
        family.add(Double(count), ("code", code), ("worker", worker))
      }
    }
    return family
  }

  private static func lastSuccesses(_ reader: JournalReader) throws(JournalError) -> MetricFamily {
    var family = MetricFamily(
      "mission_control_source_last_success_timestamp_seconds", .gauge,
      "When the latest mission of a source was DONE")
    for (source, at) in try reader.lastSuccesses() { family.add(seconds(at), ("source", source)) }
    return family
  }

  private static func all(_ history: RunHistory) -> [MetricFamily] {
    var runs = MetricFamily(
      "mission_control_runs_total", .counter, "Runs that came to an end by themselves, by exit code")
    for (code, count) in history.endedByExitCode.sorted(by: { $0.key < $1.key }) {
      runs.add(Double(count), ("exit_code", String(code)))
    }
    var families = [
      runs,
      MetricFamily(
        "mission_control_ads_total", .counter, "Ads of the DONE missions of all runs", value: history.ads),
    ]
    if let at = history.lastSuccessAt {
      families.append(
        MetricFamily(
          "mission_control_last_success_timestamp_seconds", .gauge,
          "When the latest run with exit code 0 ended", value: seconds(at)))
    }
    return families
  }

  // MARK: The latest run

  private static func lastRun(
    _ run: RunRecord, _ reader: JournalReader, _ now: Timestamp
  ) throws(JournalError) -> [MetricFamily] {
    var missions = MetricFamily(
      "mission_control_last_run_missions", .gauge, "Missions of the latest run by what became of them")
    let counts = run.counts
    for (outcome, count) in [
      ("done", counts.done), ("failed", counts.failed), ("cancelled", counts.cancelled),
      ("left", counts.left),
      ("skipped", counts.skipped),
    ] { missions.add(Double(count), ("outcome", outcome)) }
    var failed = MetricFamily(
      "mission_control_last_run_failed_missions", .gauge, "FAILED missions of the latest run by error code")
    for group in try reader.failures(runID: run.id) {
      failed.add(Double(group.count), ("code", group.code.rawValue))
    }
    let suspicious = MetricFamily(
      "mission_control_last_run_suspicious_missions", .gauge,
      "Missions of the latest run whose result is not like those before it",
      value: try reader.suspicious(runID: run.id))
    return [missions, failed, suspicious] + (try amounts(run, reader)) + times(run)
      + (try pace(run, reader, now)) + [try checkpoints(run, reader)]
  }

  private static func amounts(_ run: RunRecord, _ reader: JournalReader) throws(JournalError)
    -> [MetricFamily]
  {
    [
      MetricFamily(
        "mission_control_last_run_rejected_rows", .gauge, "Rows of mission files that the latest run refused",
        value: run.counts.rejectedRows),
      MetricFamily(
        "mission_control_last_run_ads", .gauge, "Ads of the latest run's DONE missions", value: run.counts.ads
      ),
      MetricFamily(
        "mission_control_last_run_bytes", .gauge, "Bytes of the results of the latest run's DONE missions",
        value: try reader.bytes(runID: run.id)),
    ]
  }

  /// A run that works, or was killed, has no end.
  private static func times(_ run: RunRecord) -> [MetricFamily] {
    var families = [
      MetricFamily(
        "mission_control_last_run_start_timestamp_seconds", .gauge, "When the latest run started",
        value: seconds(run.startedAt))
    ]
    if let end = run.finishedAt {
      families.append(
        MetricFamily(
          "mission_control_last_run_end_timestamp_seconds", .gauge, "When the latest run ended",
          value: seconds(end)))
      families.append(
        MetricFamily(
          "mission_control_last_run_duration_seconds", .gauge, "How long the latest run took",
          value: max(0, end.seconds(since: run.startedAt))))
    }
    if let code = run.exitCode {
      families.append(
        MetricFamily(
          "mission_control_last_run_exit_code", .gauge, "The exit code of the latest run", value: code))
    }
    return families
  }

  /// How fast the run is, or was, and how busy its workers are. A run that was killed is told until its last sign of life.
  private static func pace(
    _ run: RunRecord, _ reader: JournalReader, _ now: Timestamp
  ) throws(JournalError) -> [MetricFamily] {
    let elapsed = (run.finishedAt ?? max(run.aliveAt ?? now, run.startedAt)).seconds(since: run.startedAt)
    guard elapsed > 0 else { return [] }
    var busy = MetricFamily(
      "mission_control_last_run_worker_busy_ratio", .gauge,
      "Seconds of jobs of the latest run's missions per second of it, by worker: 1 is one job all the time")
    for (worker, seconds) in try reader.jobSeconds(runID: run.id) {
      busy.add(seconds / elapsed, ("worker", worker))
    }
    return [
      MetricFamily(
        "mission_control_last_run_missions_per_second", .gauge,
        "Missions that the latest run ended each second",
        value: Double(run.counts.done + run.counts.failed) / elapsed), busy,
    ]
  }

  private static func checkpoints(_ run: RunRecord, _ reader: JournalReader) throws(JournalError)
    -> MetricFamily
  {
    var family = MetricFamily(
      "mission_control_last_run_checkpoint_seconds", .gauge,
      "How long a checkpoint took in the latest run, at a percentile of its missions")
    for times in try reader.percentiles(runID: run.id) {
      let checkpoint = times.checkpoint.rawValue.lowercased()
      family.add(times.p50Seconds, ("checkpoint", checkpoint), ("percentile", "50"))
      family.add(times.p95Seconds, ("checkpoint", checkpoint), ("percentile", "95"))
    }
    return family
  }

  static func seconds(_ moment: Timestamp) -> Double { Double(moment.milliseconds) / 1000 }
}
