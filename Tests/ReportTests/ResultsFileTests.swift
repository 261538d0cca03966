import Foundation
import Journal
import MissionCore
import TestSupport
import Testing

@testable import Report

/// A journal with one run: a mission DONE, one FAILED, one left, one that the run did not choose.
final class JournalFixture {
  static let runID = "run-20260131-100000-4f09ab"
  private let temporary = TemporaryFolder()
  var folder: String { temporary.path }
  let journal: Journal
  var path: String { journal.path }

  static func time(_ seconds: Int64) -> Timestamp {
    Timestamp(milliseconds: Timestamp("2026-01-31T10:00:00.000Z")!.milliseconds + seconds * 1000)
  }

  static func id(_ number: Int) -> MissionID { MissionID(high: UInt64(number) << 32 | 0x8000, low: 1 << 63) }

  init() throws {
    journal = try Journal.open(path: temporary.path + "/journal.sqlite", busy: .seconds(1))
    try journal.beginRun(RunRecord(id: Self.runID, startedAt: Self.time(0)))
    let rows = (1...4).map { number in
      let day = CalendarDay("2025-03-01")!.adding(days: number)
      return (
        id: Self.id(number),
        parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
        priority: 0
      )
    }
    _ = try journal.importMissions(rows, at: Self.time(0), runID: Self.runID)
    _ = try journal.select(
      run: Self.runID, SelectionRule(limit: 3), at: Self.time(1))
    try step(1, .started(worker: "worker-1"), 2)
    try step(1, .scrapeStarting(worker: "worker-1", proxy: "proxy1:8080"), 2)
    try step(1, .scrapeStarted(jobID: "job-1"), 2)
    try step(
      1, .scrapeCompleted(adsCount: 20, size: 2048, sha256: String(repeating: "a", count: 64), seconds: 1.5),
      4)
    try step(1, .dbCompleted(seconds: 0.25), 5)
    try step(
      1,
      .s3Completed(
        key: "scrapes/x.json", etag: "e", size: 4096, sha256: String(repeating: "b", count: 64), seconds: 0.5),
      6)
    try step(2, .started(worker: "worker-2"), 2)
    try step(2, .failed(code: .jobRetriesUsedUp, cause: .jobFailed, message: "no \"luck\""), 7)
  }

  deinit { journal.close() }

  private func step(_ number: Int, _ change: MissionChange, _ seconds: Int64) throws {
    let transition = MissionTransition(
      mission: Self.id(number), change: change, events: [], at: Self.time(seconds))
    try journal.write([.mission(transition)], runID: Self.runID)
  }
}

@Suite("The results file", .timeLimit(.minutes(5)))
struct ResultsFileTests {
  private static var live: ReportCircumstances {
    var circumstances = ReportCircumstances(now: JournalFixture.time(10))
    circumstances.isLive = true
    return circumstances
  }

  private func object(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("it has the run's counts and each selected mission, whole")
  func content() throws {
    let fixture = try JournalFixture()
    let path = ResultsFile.path(inFolder: fixture.folder, runID: JournalFixture.runID)
    try ResultsFile.write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path), Self.live)
    let file = try object(path)
    #expect(
      Set(file.keys) == [
        "schema_version", "run_id", "started_at", "finished_at", "exit_code", "resumable", "counts", "ads",
        "missions", "ended", "missions_omitted", "summary", "shard", "journal_id", "cumulative",
      ])
    #expect(file["exit_code"] is NSNull && file["finished_at"] is NSNull)
    #expect(file["resumable"] as? Bool == true)
    #expect(file["ads"] as? Int == 20)
    #expect(
      file["counts"] as? [String: Int] == [
        "selected": 3, "done": 1, "failed": 1, "cancelled": 0, "left": 1, "skipped": 1, "rejected_rows": 0,
        "failed_earlier": 0, "recovered": 0,
      ])
    let missions = try #require(file["missions"] as? [[String: Any]])
    #expect(missions.map { $0["status"] as? String } == ["DONE", "FAILED", "QUEUED"])
    #expect(missions[0]["durations"] as? [String: Double] == ["scrape": 1.5, "db": 0.25, "s3": 0.5])
    #expect(missions[1]["attempts"] as? Int == 1)
    #expect(missions[1]["error_message"] as? String == "no \"luck\"")
    #expect(missions[1]["error_cause"] as? String == "ERROR200")
  }

  @Test("it is for us alone, leaves no temporary file and replaces an older one")
  func atomic() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    var circumstances = Self.live
    circumstances.exitCode = 75
    try ResultsFile.write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path), circumstances)
    #expect(try object(path)["exit_code"] as? Int == 75)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder).filter { $0.hasSuffix(".tmp") }
        == [])
  }

  @Test("an unknown run and a folder that is missing are told, and leave nothing")
  func failures() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/r.json"
    #expect(throws: ResultsFailure.self) {
      try ResultsFile.write(to: path, runID: "run-x", from: JournalReader(path: fixture.path), Self.live)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder).filter { $0.contains("r.json") }
        == [])
    let error = #expect(throws: ResultsFailure.self) {
      try ResultsFile.write(
        to: fixture.folder + "/no/r.json", runID: JournalFixture.runID,
        from: JournalReader(path: fixture.path), Self.live)
    }
    #expect(error?.exitCode == .cannotWrite)
  }

  @Test("a run without missions has an empty list")
  func empty() throws {
    let fixture = try JournalFixture()
    try fixture.journal.beginRun(RunRecord(id: "run-2", startedAt: JournalFixture.time(60)))
    let path = fixture.folder + "/r.json"
    try ResultsFile.write(to: path, runID: "run-2", from: JournalReader(path: fixture.path), Self.live)
    #expect((try object(path)["missions"] as? [Any])?.isEmpty == true)
  }

  @Test("the summary is gathered from the journal")
  func gathered() throws {
    let fixture = try JournalFixture()
    let reader = try JournalReader(path: fixture.path)
    var circumstances = ReportCircumstances(now: JournalFixture.time(10))
    circumstances.exitCode = 75
    let summary = try RunSummary.gather(runID: JournalFixture.runID, from: reader, circumstances)
    #expect(summary.exitCode == 75)
    #expect(summary.wallSeconds == 10)
    #expect(summary.bytes == 2048)
    #expect(summary.checkpoints.map(\.checkpoint) == [.scrape, .db, .s3])
    #expect(summary.checkpoints.first?.p95Seconds == 1.5)
    #expect(summary.workers.map(\.name) == ["worker-1", "worker-2"])
    #expect(summary.proxies.map(\.name) == ["proxy1:8080"])
    #expect(summary.failures.map(\.code) == [.jobRetriesUsedUp])
    #expect(summary.failures.first?.cause == .jobFailed)
    #expect(summary.run.counts.failedEarlier == 0 && summary.failures.first?.isWholeCode == true)
    #expect(throws: JournalError.self) {
      try RunSummary.gather(runID: "run-x", from: reader, circumstances)
    }
  }

  @Test("the next writing waits ten seconds, and longer when the last one took long")
  func pace() {
    var pace = ReportPace(now: .seconds(0))
    #expect(!pace.isDue(now: .seconds(9)))
    #expect(pace.isDue(now: .seconds(10)))
    pace.noteWritten(began: .seconds(10), ended: .seconds(12))
    #expect(!pace.isDue(now: .seconds(51)))
    #expect(pace.isDue(now: .seconds(52)))
  }
}
