import Journal
import MissionCore

extension RunSummary {
  /// Gathers the summary of a run from the journal alone.
  ///
  /// - Parameters:
  ///   - exitCode: what the process is about to end with; nil takes the journal's.
  ///   - now: the end of the time that is told while the run is not over.
  public static func gather(
    runID: String, from reader: JournalReader, exitCode: Int? = nil, now: Timestamp,
    inputs: InputProblems = InputProblems(), commandSuffix: String = "", advice: RunAdvice? = nil
  ) throws(JournalError) -> RunSummary {
    guard let run = try reader.run(id: runID) else { throw .missing(what: "run \(runID)") }
    let seconds = (run.finishedAt ?? now).seconds(since: run.startedAt)
    var summary = RunSummary(run: run, exitCode: exitCode ?? run.exitCode, wallSeconds: max(0, seconds))
    summary.inputs = inputs
    summary.commandSuffix = commandSuffix
    summary.advice = advice
    guard run.counts.selected > 0 else { return summary }
    summary.bytes = try reader.bytes(runID: runID)
    summary.checkpoints = try reader.percentiles(runID: runID).map {
      CheckpointTimes(checkpoint: $0.checkpoint, p50Seconds: $0.p50Seconds, p95Seconds: $0.p95Seconds)
    }
    summary.workers = try reader.perWorker(runID: runID).map(Share.init)
    summary.proxies = try reader.perProxy(runID: runID).map(Share.init)
    let failures = try reader.failures(runID: runID)
    let all = failures.isEmpty ? [] : try reader.failedByCode()
    summary.failures = failures.map { group in
      Failures(
        code: group.code, count: group.count, example: group.example.id, cause: group.example.errorCause,
        message: group.example.errorMessage ?? "",
        isWholeCode: all.contains { $0.code == group.code && $0.count == group.count })
    }
    return summary
  }
}

extension RunSummary.Share {
  fileprivate init(_ share: ShareOfRun) {
    self.init(name: share.name, done: share.done, failed: share.failed, ads: share.ads, bytes: share.bytes)
  }
}
