import MissionCore
import Testing

@testable import Report

@Suite("The summary")
struct SummaryTests {
  private func summary(
    exitCode: Int, _ change: (inout RunSummary) -> Void
  ) -> RunSummary {
    var run = RunRecord(id: "run-20260131-100000-4f09ab", startedAt: Timestamp("2026-01-31T10:00:00.000Z")!)
    run.finishedAt = Timestamp("2026-01-31T10:04:12.000Z")
    var summary = RunSummary(run: run, exitCode: exitCode, wallSeconds: 252)
    change(&summary)
    return summary
  }

  @Test("a run that ended well reads as agreed")
  func success() throws {
    let summary = summary(exitCode: 0) { summary in
      summary.run.counts.selected = 365
      summary.run.counts.done = 365
      summary.run.counts.skipped = 1200
      summary.run.counts.ads = 7300
      summary.bytes = 7_475_200
      summary.checkpoints = [
        .init(checkpoint: .scrape, p50Seconds: 20, p95Seconds: 95),
        .init(checkpoint: .db, p50Seconds: 0.012, p95Seconds: 0.03),
        .init(checkpoint: .s3, p50Seconds: 0.4, p95Seconds: 1.25),
      ]
      summary.workers = [
        .init(name: "worker-1", done: 180, failed: 0, ads: 3600, bytes: 3_686_400),
        .init(name: "worker-2", done: 185, failed: 0, ads: 3700, bytes: 3_788_800),
      ]
      summary.proxies = [
        .init(name: "proxy1.example.com:8080", done: 365, failed: 0, ads: 7300, bytes: 7_475_200)
      ]
    }
    try Golden.expect(SummaryText(summary).render(), "summary-success.txt")
    let portuguese = SummaryText(summary, phrases: .portuguese).render()
    try Golden.expect(portuguese, "pt-BR/summary-success.txt")
  }

  @Test("a run with failures, bad rows and work left reads as agreed")
  func mixed() throws {
    let summary = summary(exitCode: 69) { summary in
      summary.run.counts.selected = 18
      summary.run.counts.done = 12
      summary.run.counts.failed = 3
      summary.run.counts.cancelled = 1
      summary.run.counts.rejectedRows = 22
      summary.run.counts.ads = 240
      summary.failures = [
        .init(
          code: .storeCredentials, count: 2, example: MissionID(high: 0x4f1d_0000_0000_8000, low: 1 << 63),
          cause: nil, message: "store answered 403 InvalidAccessKeyId"),
        .init(
          code: .jobRetriesUsedUp, count: 1, example: MissionID(high: 0x90ab_0000_0000_8000, low: 1 << 63),
          cause: .jobFailed, message: "worker-1 said: \u{1B}[31mout of\nmemory\u{202E}"),
      ]
      summary.workers = [.init(name: "worker-1\u{1B}[2J", done: 12, failed: 3, ads: 240, bytes: 245_760)]
      summary.earlierFailures = 3
      summary.commandSuffix = " --config other.yaml"
      summary.inputs.duplicates = 4
      for line in 1...22 { summary.inputs.add("missions/x.csv:\(line):12: date_end is before date_start") }
    }
    let text = SummaryText(summary).render()
    try Golden.expect(text, "summary-mixed.txt")
    try Golden.expect(SummaryText(summary, phrases: .portuguese).render(), "pt-BR/summary-mixed.txt")
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test("a run that had nothing to do says so")
  func nothing() throws {
    let summary = summary(exitCode: 0) { $0.run.counts.skipped = 365 }
    try Golden.expect(SummaryText(summary).render(), "summary-nothing.txt")
    let portuguese = SummaryText(summary, phrases: .portuguese).render()
    try Golden.expect(portuguese, "pt-BR/summary-nothing.txt")
  }

  @Test("failed missions are offered once more, rows that were mended are imported")
  func next() {
    let text = SummaryText(
      summary(exitCode: 1) { summary in
        summary.run.counts.selected = 2
        summary.run.counts.failed = 2
        summary.inputs.add("missions/x.csv:2:1: no")
      }
    ).render()
    #expect(text.contains("mission-control run --retry-failed  tries the 2 that failed once more"))
    #expect(text.contains("mission-control run                 imports the rows"))
  }
}
