import Journal
import MissionCore
import Testing

@testable import Report

@Suite("How the backfill stands", .timeLimit(.minutes(5)))
struct BackfillTests {
  private func day(_ text: String) -> CalendarDay { CalendarDay(text)! }

  @Test("days that follow or overlap each other are one range; beyond twenty ranges they are counted")
  func spans() {
    var spans = DaySpans()
    spans.add(2, from: day("2025-01-01"), to: day("2025-01-07"))
    spans.add(1, from: day("2025-01-05"), to: day("2025-01-06"))
    spans.add(1, from: day("2025-01-08"), to: day("2025-01-08"))
    spans.add(1, from: day("2025-01-10"), to: day("2025-01-10"))
    #expect(spans.missions == 5)
    #expect(BackfillText.text(spans, .english) == "2025-01-01..2025-01-08, 2025-01-10")
    #expect(BackfillText.text(spans, .portuguese) == "01/01/2025 a 08/01/2025, 10/01/2025")
    for number in 0..<30 {
      let start = day("2025-02-01").adding(days: number * 3)
      spans.add(1, from: start, to: start.adding(days: 1))
    }
    #expect(spans.spans.count == DaySpans.mostSpans && spans.moreSpans == 12 && spans.missions == 35)
    #expect(BackfillText.text(spans, .english).hasSuffix(", … and 12 more"))
  }

  @Test("many ranges of days are folded to the terminal's width, and stay one line in a log")
  func folded() {
    var backfill = BackfillStanding()
    for number in 0..<12 {
      let start = day("2025-02-01").adding(days: number * 3)
      backfill.failed.add(1, from: start, to: start.adding(days: 1))
    }
    backfill.suspicious.add(1, from: day("2025-04-12"), to: day("2025-04-12"))
    let whole = BackfillText(backfill, phrases: .english).days
    #expect(whole.count == 2 && whole[0].count > 280)
    for width in [80, 200] {
      let lines = BackfillText(backfill, phrases: .english, width: width).days
      #expect(lines.count == (width == 80 ? 7 : 3), "\(lines)")
      #expect(lines.allSatisfy { $0.count <= width })
      let place = whole[0].distance(
        from: whole[0].startIndex, to: whole[0].firstRange(of: "2025")!.lowerBound)
      #expect(
        lines.dropLast().map { String($0.dropFirst(place)) }.joined(separator: " ")
          == whole[0].dropFirst(place), "nothing is lost, each line begins below the first")
      #expect(lines.last == whole[1])
    }
    #expect(BackfillText(backfill, phrases: .english, width: 30).days == whole, "too narrow to help")
  }

  @Test("the line leads with what is done, and says nothing of what there is not")
  func line() {
    var backfill = BackfillStanding()
    backfill.counts.done = 1079
    backfill.counts.failed = 16
    #expect(BackfillText(backfill, phrases: .english).line == "1,079/1,095 done, 16 failed, 0 left")
    #expect(BackfillText(backfill, phrases: .english).days.isEmpty)
    backfill.failed.add(16, from: day("2025-08-22"), to: day("2025-08-27"))
    backfill.suspicious.add(7, from: day("2025-04-12"), to: day("2025-04-12"))
    backfill.counts.queued = 3
    let text = BackfillText(backfill, phrases: .english)
    #expect(text.line == "1,079/1,098 done, 16 failed, 7 suspicious results, 3 left")
    #expect(
      text.days == ["  failed      16  2025-08-22..2025-08-27", "  suspicious   7  2025-04-12"])
  }

  @Test(
    "bars of missions that ended grow longer with the time, in whatever order they come",
    arguments: [1, 7, 5000])
  func rates(stride: Int) {
    var ended = EndedOverTime()
    let moments = (0..<500).map { $0 * 37 % 500 }
    for number in moments {
      ended.add(Timestamp(milliseconds: 1_700_000_000_000 + Int64(number * stride) * 1000))
    }
    #expect(ended.bars.reduce(0, +) == 500)
    #expect(ended.bars.count <= EndedOverTime.mostBars)
    #expect(ended.bars.first != 0 && ended.bars.last != 0)
    #expect(ended.barSeconds * Double(ended.bars.count) >= Double(499 * stride))
  }

  @Test("one command leads on from how a journal stands, what failed or is left before what looks wrong")
  func next() {
    func next(_ failed: [(code: ErrorCode, count: Int)], _ left: Int, _ suspicious: Int) -> NextStep? {
      .ofJournal(failed: failed, left: left, suspicious: suspicious) { "mission-control \($0)" }
    }
    #expect(next([], 0, 0) == nil)
    #expect(
      next([(.storeOther, 4), (.startUnknown, 2)], 3, 5)?.missions == 7, "no run repeats what needs a person")
    #expect(next([(.storeOther, 4)], 3, 5)?.command == "mission-control run --retry-failed --unlisted")
    #expect(next([(.startUnknown, 2)], 3, 5)?.command == "mission-control run --unlisted")
    #expect(
      next([(.startUnknown, 2)], 0, 5)?.command
        == "mission-control rerun --suspicious --yes && mission-control run")
    #expect(next([(.startUnknown, 2)], 0, 0)?.command == "mission-control retry --failed")
  }

  @Test("failures with one code are told apart by their cause, and put back by one command")
  func causes() throws {
    var groups = FailureGroups()
    for (number, cause) in [ErrorCode.jobFailed, .jobNotFinishedInTime, .jobFailed].enumerated() {
      var mission = MissionRecord(
        id: MissionID(high: 0x8000, low: UInt64(number)),
        parameters: MissionParameters(
          dateStart: day("2025-01-01").adding(days: number), dateEnd: day("2025-01-01").adding(days: number),
          mediaType: .video, languages: ["pt"]), status: .failed, checkpoint: .scrape,
        createdAt: Timestamp(milliseconds: 0))
      mission.errorCode = .jobRetriesUsedUp
      mission.errorCause = cause
      groups.add(mission)
    }
    #expect(groups.sorted.map(\.cause) == [.jobFailed, .jobNotFinishedInTime])
    #expect(groups.sorted.map(\.count) == [2, 1])
    var summary = RunSummary(
      run: RunRecord(id: "r", startedAt: Timestamp(milliseconds: 0)), exitCode: 1, wallSeconds: 1)
    summary.end = .finished
    summary.failures = groups.summaries
    let text = SummaryText(summary).render()
    #expect(text.contains("ERROR203  2 × job retries used up: ERROR200, job failed"), "\(text)")
    #expect(text.contains("ERROR203  1 × job retries used up: ERROR202"), "\(text)")
    #expect(text.components(separatedBy: "retry --code ERROR203").count == 2, "\(text)")
  }
}
