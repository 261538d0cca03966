import MissionCore
import TestSupport
import Testing

@testable import Report

@Suite("The summary", .timeLimit(.minutes(5)))
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
      summary.run.counts.failedEarlier = 3
      summary.commandSuffix = " --config other.yaml"
      var stays = MissionRecord(
        id: MissionID(high: 0x11ab_0000_0000_8000, low: 1 << 63),
        parameters: MissionParameters(
          dateStart: CalendarDay("2025-03-01")!, dateEnd: CalendarDay("2025-03-01")!, mediaType: .video,
          languages: ["pt"]), createdAt: summary.run.startedAt)
      stays.errorCode = .jobFailed
      var advice = RunAdvice(command: "mission-control run --config other.yaml")
      advice.failedEarlier = [stays]
      advice.unlisted = 12
      advice.next = [
        NextStep(
          .resume, command: "mission-control run --config other.yaml", missions: 4, part: 2, isBlocked: true),
        NextStep(
          .retryFailed, command: "mission-control run --retry-failed --config other.yaml", missions: 8,
          part: 6),
        NextStep(
          .unlisted, command: "mission-control run --unlisted --config other.yaml", missions: 16, part: 12),
      ]
      summary.advice = advice
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

  @Test("each kind of next step reads well, for one mission and for many, in both languages")
  func next() throws {
    var lines: [String] = []
    for phrases in [Phrases.english, .portuguese] {
      for kind in NextStep.Kind.allCases {
        for (missions, part) in [(1, 1), (2, 2), (1, 0), (3, 0), (7, 1), (1234, 5)] {
          let step = NextStep(kind, command: "", missions: missions, part: part, isBlocked: missions == 3)
          lines.append("\(kind.rawValue) \(missions) \(part): \(phrases.nextStep(step))\n")
        }
      }
    }
    try Golden.expect(lines.joined(), "next-steps.txt")
  }

  @Test("a run that broke off offers what is left, within its limit")
  func brokenOff() {
    var summary = summary(exitCode: 75) { summary in
      summary.exitCode = nil
      summary.end = .killed
      summary.run.counts.selected = 5
      summary.run.counts.done = 2
      summary.advice = RunAdvice(command: "mission-control run --from 2025-01-01", limit: 5)
    }
    #expect(
      SummaryText(summary).render().contains(
        "  mission-control run --from 2025-01-01 --limit 3  resumes the 3 that are left\n"))
    summary.advice = nil
    #expect(SummaryText(summary).render().contains("  mission-control run  resumes the 3 that are left\n"))
  }

  @Test("a run that could read nothing does not say that there was nothing to do")
  func unread() {
    let summary = summary(exitCode: 65) { $0.inputs.add("missions cannot be read: Permission denied") }
    let text = SummaryText(summary).render()
    #expect(!text.contains("nothing to do") && text.contains("missions cannot be read: Permission denied"))
  }

  @Test("a code that other missions FAILED with, too, is not offered to retry")
  func sharedCode() {
    let summary = summary(exitCode: 1) { summary in
      summary.run.counts.selected = 1
      summary.run.counts.failed = 1
      summary.failures = [
        .init(
          code: .jobFailed, count: 1, example: MissionID(high: 0x8000, low: 1 << 63), cause: nil,
          message: "m",
          isWholeCode: false)
      ]
    }
    #expect(!SummaryText(summary).render().contains("retry --code"))
  }
}
