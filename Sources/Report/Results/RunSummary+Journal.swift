import Journal
import MissionCore

extension RunSummary {
  /// Gathers the summary of a run from the journal alone.
  public static func gather(
    runID: String, from reader: JournalReader, _ circumstances: ReportCircumstances
  ) throws -> RunSummary {
    try JournalRun.read(runID, reader) { source in
      try RunSummary(source.run, source.account(), circumstances, reader)
    }
  }

  /// The summary of `run` as far as `account` and the journal tell it.
  ///
  /// - Parameter account: of the missions that the report lists.
  package init(
    _ run: RunRecord, _ account: RunAccount, _ circumstances: ReportCircumstances, _ reader: JournalReader
  ) throws(JournalError) {
    let ended = circumstances.endedAt(run)
    self.init(
      run: run, exitCode: circumstances.exitCode ?? run.exitCode,
      wallSeconds: max(0, (ended ?? circumstances.now).seconds(since: run.startedAt)))
    end = circumstances.end(of: run)
    self.run.finishedAt = ended
    inputs = circumstances.inputs
    commandSuffix = circumstances.commandSuffix
    advice = circumstances.advice
    journalID = try reader.identity()
    let backfill = try BackfillStanding(reader)
    (cumulative, self.backfill) = (backfill.counts, backfill)
    account.fill(&self)
    retries = Retries(
      try reader.failedAttempts(runID: run.id), scrapeSeconds: account.scrapeSeconds)
    if suspicious.done > 0 {
      var filter = MissionFilter()
      (filter.isSuspicious, filter.statuses) = (true, [.done])
      suspicious.isWhole = try reader.total(filter) == suspicious.done
    }
    guard !failures.isEmpty else { return }
    let all = try reader.failedByCode()
    let own = Dictionary(grouping: failures, by: \.code).mapValues { $0.reduce(0) { $0 + $1.count } }
    failures = failures.map { group in
      Failures(
        code: group.code, count: group.count, example: group.example, cause: group.cause,
        message: group.message, messages: group.messages,
        isWholeCode: all.contains { $0.code == group.code && $0.count == own[group.code] })
    }
  }
}
