import MissionCore
import Testing

@testable import Report

@Suite("The summary")
struct SummaryTests {
  static func mission(
    _ number: Int, _ status: MissionStatus, _ change: (inout MissionRecord) -> Void = { _ in }
  )
    -> MissionRecord
  {
    let day = CalendarDay("2025-03-01")!.adding(days: number)
    var mission = MissionRecord(
      id: MissionID(high: UInt64(number) << 32 | 0x8000, low: 1 << 63),
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
      status: status, createdAt: Timestamp("2026-01-31T10:00:00.000Z")!)
    mission.worker = "worker-\(number % 2 + 1)"
    mission.proxy = number % 3 == 0 ? nil : "proxy1.example.com:8080"
    change(&mission)
    return mission
  }

  static func done(_ number: Int) -> MissionRecord {
    mission(number, .done) { mission in
      mission.adsCount = 20
      mission.size = 20_480
      mission.scrapeSeconds = Double(number)
      mission.dbSeconds = 0.012
      mission.s3Seconds = 0.4
    }
  }

  static func failed(_ number: Int, _ code: ErrorCode, cause: ErrorCode? = nil, _ message: String)
    -> MissionRecord
  {
    mission(number, .failed) { mission in
      mission.errorCode = code
      mission.errorCause = cause
      mission.errorMessage = message
      mission.checkpoint = code.checkpoint ?? .scrape
      mission.retryCount = cause == nil ? 0 : 2
    }
  }

  static func summary(
    _ missions: [MissionRecord], exitCode: Int, _ change: (inout RunSummary) -> Void = { _ in }
  )
    -> RunSummary
  {
    var tally = RunTally()
    for mission in missions { tally.add(mission) }
    var run = RunRecord(id: "01j0000000-run", startedAt: Timestamp("2026-01-31T10:00:00.000Z")!)
    run.finishedAt = Timestamp("2026-01-31T10:04:12.000Z")
    run.counts.selected = missions.count
    run.counts.done = tally.done
    run.counts.failed = tally.failed
    run.counts.cancelled = tally.cancelled
    run.counts.ads = tally.ads
    var summary = RunSummary(run: run, exitCode: exitCode, wallSeconds: 252, tally: tally)
    change(&summary)
    return summary
  }

  @Test("a run that ended well reads as agreed")
  func success() throws {
    let summary = Self.summary((1...40).map(Self.done), exitCode: 0) { $0.run.counts.skipped = 1200 }
    try Golden.expect(SummaryText(summary).render(), "summary-success.txt")
  }

  @Test("a run with failures, bad rows and work left reads as agreed")
  func mixed() throws {
    var missions = (1...12).map(Self.done)
    missions += [
      Self.failed(13, .storeCredentials, "store answered 403 InvalidAccessKeyId"),
      Self.failed(14, .storeCredentials, "store answered 403 InvalidAccessKeyId"),
      Self.failed(
        15, .jobRetriesUsedUp, cause: .jobFailed, "worker-1 said: \u{1B}[31mout of\nmemory\u{202E}"),
      Self.mission(16, .queued), Self.mission(17, .queued) { $0.checkpoint = .s3 },
      Self.mission(18, .cancelled),
    ]
    let summary = Self.summary(missions, exitCode: 69) { summary in
      summary.run.counts.rejectedRows = 22
      summary.earlierFailures = 3
      summary.commandSuffix = " --config other.yaml"
      summary.inputs.duplicates = 4
      for line in 1...22 { summary.inputs.add("missions/x.csv:\(line):12: date_end is before date_start") }
    }
    let text = SummaryText(summary).render()
    try Golden.expect(text, "summary-mixed.txt")
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test("a run that had nothing to do says so")
  func nothing() throws {
    let summary = Self.summary([], exitCode: 0) { $0.run.counts.skipped = 365 }
    try Golden.expect(SummaryText(summary).render(), "summary-nothing.txt")
  }

  @Test("missions are tallied by status, worker, proxy and code")
  func tally() {
    var tally = RunTally()
    tally.add(Self.done(1))
    tally.add(Self.done(3))
    tally.add(Self.failed(2, .jobRetriesUsedUp, cause: .jobFailed, "a"))
    tally.add(Self.failed(4, .jobRetriesUsedUp, cause: .jobFailed, "b"))
    tally.add(Self.mission(6, .running) { $0.checkpoint = .db })
    #expect((tally.done, tally.failed, tally.leftTotal, tally.ads) == (2, 2, 1, 40))
    #expect(tally.bytes == 40_960)
    #expect(tally.left == [.db: 1])
    #expect(tally.retries == 4)
    #expect(tally.workers["worker-2"]?.done == 2)
    #expect(tally.workers["worker-1"]?.failed == 2)
    #expect(tally.proxies[""]?.done == 1)
    #expect(tally.failures[.jobRetriesUsedUp]?.count == 2)
    #expect(tally.failures[.jobRetriesUsedUp]?.message == "a")
  }
}
