import Foundation
import Journal
import MissionCore
import TestSupport
import Testing

@testable import Report
@testable import ReportPage

@Suite("Suspicious results in everything that tells of a run", .timeLimit(.minutes(5)))
struct SuspiciousResultsTests {
  /// A run of as many DONE missions, of which the first are suspicious.
  private func fixture(_ missions: Int, suspicious: Int) throws -> (TemporaryJournal, runID: String) {
    let fixture = try TemporaryJournal()
    try fixture.run(missions: missions) { number in
      number < suspicious
        ? Suspicion(kind: number == 0 ? .empty : .thin, expected: 40, got: number, looks: 1 + number % 2)
        : nil
    }
    return (fixture, TemporaryJournal.runID)
  }

  @Test(
    "text, file, page, metrics, notice and list say the same number", arguments: [(3, 0), (3, 1), (60, 27)])
  func sameEverywhere(missions: Int, suspicious: Int) throws {
    let (fixture, runID) = try fixture(missions, suspicious: suspicious)
    let reader = try JournalReader(path: fixture.path)
    var circumstances = ReportCircumstances(now: TemporaryJournal.moment)
    circumstances.exitCode = 0
    let file = fixture.folder + "/run.json"
    let summary = try ResultsFile.write(to: file, runID: runID, from: reader, circumstances)
    #expect(summary.suspicious.count == suspicious && summary.suspicious.done == suspicious)
    #expect(summary.suspicious.isWhole == (suspicious > 0))
    let stored = try #require(StoredReport(path: file, runID: runID))
    #expect(stored.summary.suspicious.count == suspicious)
    #expect(
      stored.summary.suspicious.missions.map(\.suspicion) == summary.suspicious.missions.map(\.suspicion))

    let text = SummaryText(summary).render()
    let notice = NoticeText.end(summary, exitCode: 0, host: "h", language: .english)
    let page = fixture.folder + "/run.html"
    try HTMLReport(circumstances, phrases: .english).write(to: page, runID: runID, from: reader)
    let html = try String(contentsOfFile: page, encoding: .utf8)
    let words = suspicious == 1 ? "1 suspicious result" : "\(suspicious) suspicious results"
    for (what, told) in [
      ("text", text), ("notice", notice.text), ("subject", notice.subject), ("page", html),
    ] {
      #expect(told.contains(words) == (suspicious > 0), "\(what): \(told.prefix(2000))")
    }
    #expect(SummaryText(stored.summary).render() == text, "the stored report reads the same")
    let metrics = try JournalMetrics.families(from: reader, now: TemporaryJournal.moment).map(\.text).joined()
    #expect(metrics.contains("\nmission_control_suspicious_missions \(suspicious)\n"))
    #expect(metrics.contains("\nmission_control_last_run_suspicious_missions \(suspicious)\n"))
    var listed = MissionFilter()
    listed.isSuspicious = true
    #expect(try reader.total(listed) == suspicious)
    #expect(text.contains("mission-control rerun --suspicious") == (suspicious > 0))
    if suspicious > 5 { #expect(text.contains("… and \(suspicious - 5) more")) }
  }

  @Test("rerun --suspicious is offered only where it takes just these")
  func notWhole() throws {
    let (fixture, runID) = try fixture(4, suspicious: 2)
    try fixture.again(missions: 4)
    let reader = try JournalReader(path: fixture.path)
    let circumstances = ReportCircumstances(now: TemporaryJournal.moment)
    let earlier = try RunSummary.gather(runID: runID, from: reader, circumstances)
    #expect(earlier.suspicious.count == 2 && !earlier.suspicious.isWhole)
    let text = SummaryText(earlier).render()
    #expect(text.contains("list --suspicious") && !text.contains("rerun --suspicious"))
  }

  @Test("in Portuguese, with what a person can do")
  func portuguese() throws {
    let (fixture, runID) = try fixture(3, suspicious: 2)
    var circumstances = ReportCircumstances(now: TemporaryJournal.moment)
    circumstances.exitCode = 0
    let summary = try RunSummary.gather(
      runID: runID, from: JournalReader(path: fixture.path), circumstances)
    let text = SummaryText(summary, phrases: .portuguese).render()
    #expect(text.contains("2 resultados suspeitos"))
    #expect(text.contains("vazio onde se esperavam cerca de 40"))
    #expect(text.contains("só 1 onde se esperavam cerca de 40, também na segunda extração"))
    #expect(text.contains("mission-control accept ID"))
  }
}

/// A journal with runs whose missions are all DONE.
private final class TemporaryJournal {
  static let runID = "run-20260131-100000-4f09ab"
  static let moment = Timestamp("2026-01-31T10:00:00.000Z")!
  private let temporary = TemporaryFolder()
  private let journal: Journal
  private var number = 0
  var folder: String { temporary.path }
  var path: String { journal.path }

  init() throws { journal = try Journal.open(path: temporary.path + "/journal.sqlite", busy: .seconds(1)) }

  deinit { journal.close() }

  func run(
    _ runID: String = runID, missions: Int, suspicion: (Int) -> Suspicion?
  ) throws {
    try journal.beginRun(RunRecord(id: runID, startedAt: Self.moment))
    let rows = (0..<missions).map { _ in
      number += 1
      let day = CalendarDay("2025-03-01")!.adding(days: number)
      return (
        id: JournalFixture.id(number),
        parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
        priority: 0
      )
    }
    _ = try journal.importMissions(rows, at: Self.moment, runID: runID)
    _ = try journal.select(run: runID, SelectionRule(), at: Self.moment)
    for (index, row) in rows.enumerated() {
      let suspicion = suspicion(index)
      var changes: [MissionChange] = [
        .started(worker: "worker-1"), .scrapeStarting(worker: "worker-1", proxy: nil),
      ]
      if let suspicion { changes.append(.suspected(suspicion)) }
      changes += [
        .scrapeCompleted(adsCount: suspicion?.got ?? 40, size: 9, sha256: "aa", seconds: 1),
        .dbCompleted(seconds: 1), .s3Completed(key: "k", etag: "e", size: 1, sha256: "s", seconds: 1),
      ]
      for change in changes {
        let transition = MissionTransition(mission: row.id, change: change, events: [], at: Self.moment)
        try journal.write([.mission(transition)], runID: runID)
      }
    }
    try journal.endRun(runID, exitCode: 0, at: Self.moment)
  }

  /// Another run, all of whose results are suspicious.
  func again(missions: Int) throws {
    try run("run-20260131-110000-4f09ab", missions: missions) { _ in
      Suspicion(kind: .empty, expected: 40, got: 0, looks: 2)
    }
  }
}
