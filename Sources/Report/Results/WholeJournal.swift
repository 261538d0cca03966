import Journal
import MissionCore

/// Every mission of the journal, whichever run did it, as one report.
public struct WholeJournal: ReportSource {
  public let run: RunRecord
  public let scope: JournalScope
  private let reader: JournalReader
  private let filter: MissionFilter

  /// - Parameter choice: the options that chose, as they are typed.
  public init(_ filter: MissionFilter, choice: String, _ reader: JournalReader) throws(JournalError) {
    self.reader = reader
    self.filter = filter
    let counts = try reader.summary(filter)
    let amounts = try reader.amounts(filter)
    var run = RunRecord(id: "", startedAt: amounts.startedAt ?? Timestamp(milliseconds: 0))
    run.finishedAt = amounts.finishedAt
    run.counts.selected = counts.total
    run.counts.done = counts.done
    run.counts.failed = counts.failed
    run.counts.cancelled = counts.cancelled
    run.counts.ads = amounts.ads
    self.run = run
    scope = JournalScope(choice: choice, from: amounts.from, to: amounts.to)
  }

  public func eachMission(_ body: (MissionRecord) throws -> Bool) throws {
    try reader.eachMission(filter, body)
  }

  public func eachTroubled(_ body: (MissionRecord) throws -> Bool) throws {
    try reader.eachTroubledMission(filter, body)
  }

  public func account() throws -> RunAccount {
    var account = RunAccount()
    try reader.eachOutcome(filter) {
      account.add($0)
    } outcome: {
      account.add($0)
    }
    return account
  }

  /// - Parameter account: of its missions.
  package func summary(
    _ account: RunAccount, _ circumstances: ReportCircumstances
  ) throws(JournalError) -> RunSummary {
    var summary = RunSummary(run: run, exitCode: nil, wallSeconds: 0)
    summary.journal = scope
    summary.end = .finished
    summary.commandSuffix = circumstances.commandSuffix
    account.fill(&summary)
    summary.omitted = 0
    // Of a part of the journal nobody knows which of its retries were whose.
    if filter == MissionFilter() {
      summary.retries = Retries(try reader.failedAttempts(), scrapeSeconds: account.scrapeSeconds)
    }
    summary.suspicious.isWhole = summary.suspicious.done > 0
    if filter == MissionFilter() { summary.backfill = try BackfillStanding(reader) }
    summary.advice = RunAdvice(command: summary.command("run", chooses: true))
    let next = Self.next(summary)
    summary.advice?.next = next.map { [$0] } ?? []
    return summary
  }

  /// One command that leads on.
  private static func next(_ summary: RunSummary) -> NextStep? {
    .ofJournal(
      failed: summary.failures.map { ($0.code, $0.count) }, left: summary.run.counts.left,
      suspicious: summary.suspicious.done
    ) { summary.command($0, chooses: true) }
  }
}
