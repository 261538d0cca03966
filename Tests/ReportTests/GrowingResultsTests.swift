import Foundation
import Journal
import MissionCore
import Testing

@testable import Report

@Suite("The results file of a large run", .timeLimit(.minutes(5)))
struct GrowingResultsTests {
  private func circumstances(_ exitCode: Int? = 75) -> ReportCircumstances {
    var circumstances = ReportCircumstances(now: JournalFixture.time(10))
    circumstances.exitCode = exitCode
    return circumstances
  }

  /// Numbers in the journal are those of the rows.
  private func ended(_ numbers: Int64...) -> [MissionEnd] {
    numbers.map { MissionEnd(number: $0, isEnded: true) }
  }

  private func statuses(_ stored: StoredReport) throws -> [MissionStatus] {
    var statuses: [MissionStatus] = []
    try stored.eachMission { mission in
      statuses.append(mission.status)
      return true
    }
    return statuses
  }

  @Test("what ended is listed as it came, what was never begun is counted")
  func listed() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    let reader = try JournalReader(path: fixture.path)
    let growing = GrowingResults(path: path, runID: JournalFixture.runID, ended: [2])
    try growing.add(ended(1), from: reader) { true }
    #expect(!FileManager.default.fileExists(atPath: path))
    let summary = try growing.finish(circumstances(), from: reader) { true }
    #expect(summary.omitted == 1 && summary.bytes == 2048 && summary.failures.map(\.count) == [1])
    let stored = try #require(StoredReport(path: path, runID: JournalFixture.runID))
    #expect(try statuses(stored) == [.failed, .done])
    #expect(stored.run.counts.selected == 3 && stored.run.counts.left == 1)
    #expect(stored.summary.omitted == 1 && stored.summary.end == .stopped)
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
    #expect((json as? [String: Any])?["exit_code"] as? Int == 75)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder).allSatisfy { !$0.hasSuffix(".tmp") }
    )
  }

  @Test("a mission that was put back does not stand there as failed, and what ended is there once")
  func putBack() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    try fixture.journal.followEnds(of: JournalFixture.runID)
    let reader = try JournalReader(path: fixture.path)
    let growing = GrowingResults(path: path, runID: JournalFixture.runID, ended: [1, 2])
    try growing.add([], from: reader) { true }
    #expect(growing.account.listed == 2)
    var filter = MissionFilter()
    filter.ids = [JournalFixture.id(2)]
    #expect(try fixture.journal.retry(filter, at: JournalFixture.time(8)) == 1)
    #expect(try fixture.journal.cancel(JournalFixture.id(3), at: JournalFixture.time(8)))
    let ends = fixture.journal.takeEnds()
    #expect(ends == [MissionEnd(number: 2, isEnded: false), MissionEnd(number: 3, isEnded: true)])
    try growing.add(ends, from: reader) { true }
    let summary = try growing.finish(circumstances(), from: reader) { true }
    #expect(summary.failures.isEmpty && summary.run.counts.failed == 0)
    let stored = try #require(StoredReport(path: path, runID: JournalFixture.runID))
    // The one that was put back had been begun, so it is listed as what it is now.
    #expect(try statuses(stored) == [.done, .cancelled, .pending])
    #expect(fixture.journal.takeEnds().isEmpty)
  }

  @Test("when the time is up the rest is counted, and the file is whole all the same")
  func hurried() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    let reader = try JournalReader(path: fixture.path)
    let growing = GrowingResults(path: path, runID: JournalFixture.runID, ended: [])
    try growing.add(ended(1, 2), from: reader) { false }
    let summary = try growing.finish(circumstances(), from: reader) { false }
    #expect(summary.omitted == 3)
    let stored = try #require(StoredReport(path: path, runID: JournalFixture.runID))
    #expect(try statuses(stored).isEmpty && stored.run.counts.done == 1)
  }

  @Test("in between there are the numbers, and no more")
  func counts() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    let reader = try JournalReader(path: fixture.path)
    var live = circumstances(nil)
    live.isLive = true
    try ResultsFile.writeCounts(to: path, runID: JournalFixture.runID, RunAccount(), live, from: reader)
    let stored = try #require(StoredReport(path: path, runID: JournalFixture.runID))
    #expect(!stored.isFinal && stored.summary.omitted == 3 && stored.run.counts.done == 1)
    #expect(try statuses(stored).isEmpty)
  }

  @Test("a large run is read page by page: what ended, then what was begun")
  func source() throws {
    let fixture = try JournalFixture()
    let transition = MissionTransition(
      mission: JournalFixture.id(3), change: .started(worker: "worker-1"), events: [],
      at: JournalFixture.time(3))
    try fixture.journal.write([.mission(transition)], runID: JournalFixture.runID)
    let source = try JournalRun(
      runID: JournalFixture.runID, JournalReader(path: fixture.path), mostWhole: 2)
    var statuses: [MissionStatus] = []
    try source.eachMission { mission in
      statuses.append(mission.status)
      return true
    }
    #expect(statuses == [.done, .failed, .running])
  }
}
