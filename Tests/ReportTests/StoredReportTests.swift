import Foundation
import Journal
import MissionCore
import Testing

@testable import Report
@testable import ReportPage

@Suite("A stored report", .timeLimit(.minutes(5)))
struct StoredReportTests {
  private var circumstances: ReportCircumstances {
    var circumstances = ReportCircumstances(now: JournalFixture.time(10))
    circumstances.exitCode = 75
    circumstances.inputs.add("missions/x.csv:2:1: no \"such\" day")
    circumstances.inputs.duplicates = 3
    return circumstances
  }

  @Test("it tells the same as when it was written, whatever became of the missions since")
  func same() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    let written = try ResultsFile.write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path), circumstances)
    let before = SummaryText(written).render()
    try fixture.journal.beginRun(RunRecord(id: "run-2", startedAt: JournalFixture.time(60)))
    _ = try fixture.journal.select(
      run: "run-2", SelectionRule(retriesFailed: true), at: JournalFixture.time(60))
    let stored = try #require(StoredReport(path: path, runID: JournalFixture.runID))
    #expect(stored.isFinal)
    #expect(SummaryText(stored.summary).render() == before)
    var missions: [MissionRecord] = []
    try stored.eachMission { mission in
      missions.append(mission)
      return true
    }
    #expect(missions.map(\.status) == [.done, .failed, .queued])
    #expect(missions[0].s3Seconds == 0.5 && missions[0].parameters.languages == ["pt"])
    #expect(
      missions[1].errorMessage?.plain == "no \"luck\""
        && missions[1].errorCause == .jobFailed)
    #expect(missions.map(\.queuedAt) == Array(repeating: JournalFixture.time(1), count: 3))
  }

  @Test("its page lists the run's missions and a calendar of the journal")
  func page() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    try ResultsFile.write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path), circumstances)
    try fixture.journal.beginRun(RunRecord(id: "run-2", startedAt: JournalFixture.time(60)))
    _ = try fixture.journal.select(
      run: "run-2", SelectionRule(retriesFailed: true), at: JournalFixture.time(60))
    let stored = try #require(StoredReport(path: path, runID: JournalFixture.runID))
    let page = fixture.folder + "/r.html"
    try HTMLReport(circumstances, phrases: .english).write(
      to: page, stored, from: JournalReader(path: fixture.path))
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.contains("<dt>selected</dt><dd>3</dd>") && text.contains("ERROR203"))
    let start = try #require(text.firstRange(of: "id=\"data\">")?.upperBound)
    let end = try #require(text[start...].firstRange(of: "</script>")?.lowerBound)
    let data = try JSONSerialization.jsonObject(with: Data(text[start..<end].utf8)) as? [String: Any]
    #expect((data?["missions"] as? [[Any]])?.count == 3)
    // Four days, each of one mission: the fourth is none of this run's, and no gap.
    let days = try #require(data?["journal"] as? [[Int]])
    #expect(days.map { $0[3] } == [1, 1, 1, 1])
    #expect(days.map { $0[2] } == [3, 1, 1, 1])
  }

  @Test("a file that is cut, of another run, or no file at all is none")
  func none() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    try ResultsFile.write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path), circumstances)
    #expect(StoredReport(path: path, runID: "run-2") == nil)
    #expect(StoredReport(path: fixture.folder, runID: JournalFixture.runID) == nil)
    #expect(StoredReport(path: path + "x", runID: JournalFixture.runID) == nil)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.dropLast(9).write(to: URL(fileURLWithPath: path))
    #expect(StoredReport(path: path, runID: JournalFixture.runID) == nil)
  }

  @Test("a file of an earlier version is added up from its missions, and its end follows from its code")
  func earlier() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    let written = try ResultsFile.write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path), circumstances)
    var json = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
    for name in ["ended", "summary", "missions_omitted"] { json[name] = nil }
    json["finished_at"] = "2026-01-31T10:00:09.000Z"
    try JSONSerialization.data(withJSONObject: json).write(to: URL(fileURLWithPath: path))
    let stored = try #require(StoredReport(path: path, runID: JournalFixture.runID))
    #expect(stored.summary.end == .stopped && stored.summary.wallSeconds == 9)
    #expect(stored.summary.workers == written.workers && stored.summary.checkpoints == written.checkpoints)
    #expect(stored.summary.failures.map(\.code) == written.failures.map(\.code))
    #expect(
      stored.summary.failures.map(\.message.plain) == written.failures.map(\.message.plain))
  }
}
