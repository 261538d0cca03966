import Journal
import MissionCore
import Report
import Terminal
import Testing

@testable import Commands

@Suite("The live view", .timeLimit(.minutes(5)))
struct WatchViewTests {
  private let now = CommandFixture.time(100)

  private func mission(_ number: Int, _ status: MissionStatus) -> MissionRecord {
    let day = CalendarDay("2025-03-01")!.adding(days: number)
    let parameters = MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"])
    var mission = MissionRecord(
      id: CommandFixture.id(number), parameters: parameters, status: status, createdAt: now)
    mission.startedAt = CommandFixture.time(40)
    if status == .failed {
      mission.finishedAt = now
      mission.errorCode = .jobFailed
      mission.errorMessage = "the job\u{1B}[31m failed \(String(repeating: "and on ", count: 30))"
    }
    return mission
  }

  private func content(workers: Int, failures: Int, isLive: Bool = true) -> WatchContent {
    var snapshot = StatusSnapshot(now: now)
    if isLive {
      var run = RunRecord(id: CommandFixture.runID, startedAt: CommandFixture.time(0))
      run.counts.selected = 40
      run.counts.done = 9
      run.counts.failed = 1
      snapshot.run = run
    }
    snapshot.workers = (0..<workers).map {
      .init(
        name: "worker-\($0)", missions: $0 % 2 == 0 ? [] : [mission($0, .running), mission($0 + 1, .running)])
    }
    return WatchContent(snapshot: snapshot, failures: (0..<failures).map { mission($0, .failed) })
  }

  private func lines(_ content: WatchContent, _ width: Int, _ height: Int, isColored: Bool = false)
    -> [String]
  {
    WatchView(
      content: content, ratePerSecond: 0.5, phrases: .english, answers: .english, keeping: .english,
      style: TextStyle(isColored: isColored), translate: \.plain
    )
    .lines(width: width, height: height)
  }

  @Test(
    "a frame fills the terminal and never more",
    arguments: [1, 2, 3, 5, 9, 24, 60], [[0, 0], [2, 0], [3, 50], [40, 3], [100, 100]])
  func fits(_ height: Int, _ amount: [Int]) {
    for width in [10, 40, 80, 200] {
      for isLive in [true, false] {
        let shown = lines(
          content(workers: amount[0], failures: amount[1], isLive: isLive), width, height)
        #expect(shown.count == height)
        #expect(shown.allSatisfy { DisplayColumns.count(of: $0) <= width })
      }
    }
  }

  @Test("a roomy terminal shows the run, every worker and every failure; what workers said is cleaned")
  func whole() {
    let shown = lines(content(workers: 3, failures: 2), 100, 30).joined(separator: "\n")
    for text in [
      "run run-20260131-100000-4f09ab is live since 2026-01-31T10:00:00Z", "25%",
      "9/40 done, 1 failed, 0.5/s",
      "1m 00s left", "worker-0  idle", "2025-03-02 video pt, SCRAPE, 1m 00s", "Last failures",
      "ERROR200  the job[31m failed",
      "q ends",
    ] { #expect(shown.contains(text), "\(text) in \(shown)") }
    #expect(!shown.contains("\u{1B}"))
    #expect(!shown.contains(" more"))
  }

  @Test("where room is short workers and failures share it, and what is left out is counted")
  func short() {
    let shown = lines(content(workers: 40, failures: 40), 80, 24)
    #expect(shown.filter { $0.contains("more") }.count == 2)
    #expect(shown.contains { $0.contains("worker-0") } && shown.contains { $0.contains("ERROR200") })
  }

  @Test("lines are cut before they are coloured, and a look that failed says so")
  func colours() {
    var content = content(workers: 1, failures: 1)
    content.problem = "the journal is locked"
    let shown = lines(content, 30, 24, isColored: true)
    #expect(shown[0].contains("the journal is locked"))
    for line in shown where line.contains("\u{1B}") { #expect(line.hasSuffix("\u{1B}[0m")) }
  }
}
