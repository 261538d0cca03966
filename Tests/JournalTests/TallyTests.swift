import MissionCore
import SQLite
import Testing

@testable import Journal

@Suite("Tallies", .timeLimit(.minutes(5)))
struct TallyTests {
  @Test("the tallies equal a recount after any history", arguments: 1...12)
  func recount(seed: UInt64) throws {
    let fixture = try Fixture()
    var random = Scatter(seed: seed)
    let ids = (0..<30).map { mission($0).id }
    for round in 0..<3 {
      _ = try fixture.journal.importMissions(
        (0..<(10 * round + 10)).map { mission($0, priority: Int.random(in: 0...1, using: &random)) },
        at: start)
      let limit = Bool.random(using: &random) ? nil : Int.random(in: 0..<25, using: &random)
      try fixture.run("run-\(round)", limit: limit, retryFailed: Bool.random(using: &random))
      for _ in 0..<150 {
        let id = ids.randomElement(using: &random)!
        let time = start.later(Int64.random(in: 0..<200_000, using: &random))
        if Int.random(in: 0..<8, using: &random) == 0 {
          _ = failure { try fixture.advance(id, through: .s3, run: "run-\(round)", ads: 7) }
        }
        // Most are illegal where the mission stands; they must leave no trace either.
        _ = failure {
          try fixture.write(id, change(&random), [JournalEvent(.started)], run: "run-\(round)", at: time)
        }
      }
      if Bool.random(using: &random) {
        _ = try fixture.journal.retry(MissionFilter(), at: start, runID: "run-\(round)")
      }
      for _ in 0..<3 {
        let id = ids.randomElement(using: &random)!
        if Bool.random(using: &random) {
          _ = try fixture.journal.prune(PruneChoice(ids: [id]), at: start)
        } else {
          _ = try fixture.journal.putBack(id, details: [], at: start)
        }
      }
      try check(fixture, run: "run-\(round)")
      try fixture.journal.endRun("run-\(round)", exitCode: 0, at: start)
    }
    #expect(try fixture.reader().counts().done > 0)
    fixture.journal.close()
    let connection = try SQLiteConnection(path: fixture.path, mode: .readOnly)
    #expect(try connection.text("PRAGMA integrity_check") == "ok")
    #expect(try connection.integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
  }

  private func change(_ random: inout Scatter) -> MissionChange {
    let changes: [MissionChange] = [
      .started(worker: "w"), .started(worker: nil), .scrapeStarting(worker: "w", proxy: "p"), .jobForgotten,
      .scrapeStarted(jobID: "j"), .scrapeCompleted(adsCount: 4, size: 9, sha256: "s", seconds: 1),
      .scrapeCompleted(adsCount: 4, size: 9, sha256: "s", seconds: 1), .dbCompleted(seconds: 1),
      .dbCompleted(seconds: 1),
      .s3Completed(key: "k", etag: "e", size: 1, sha256: "s", seconds: 1),
      .s3Completed(key: "k", etag: "e", size: 1, sha256: "s", seconds: 1), .scrapeDiscarded,
      .requeued(crashes: 1, deferred: true), .retryQueued(code: .jobFailed, message: "m"),
      .failed(code: .jobFailed, cause: nil, message: "m"), .cancelled, .loadDiscarded,
    ]
    return changes.randomElement(using: &random)!
  }

  private func check(_ fixture: Fixture, run id: String) throws {
    let reader = try fixture.reader()
    var counts = StatusCounts()
    var ofRun = RunCounts()
    var days: [CalendarDay: [Int]] = [:]
    try reader.eachMission(MissionFilter()) { mission in
      counts[mission.status] += 1
      if let day = mission.finishedAt?.day, mission.status != .cancelled {
        days[day, default: [0, 0]][mission.status == .done ? 0 : 1] += 1
      }
      guard mission.runID == id else { return true }
      ofRun.selected += 1
      if mission.status == .done { ofRun.done += 1 }
      if mission.status == .done { ofRun.ads += Int64(mission.adsCount ?? 0) }
      if mission.status == .failed { ofRun.failed += 1 }
      if mission.status == .cancelled { ofRun.cancelled += 1 }
      return true
    }
    #expect(try reader.counts() == counts)
    var kept = try #require(try reader.run(id: id)).counts
    kept.skipped = 0
    kept.failedEarlier = 0
    #expect(kept == ofRun)
    for offset in 0...3 {
      let day = start.day.adding(days: offset)
      func midnight(_ day: CalendarDay) -> Timestamp {
        Timestamp(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000)
      }
      let today = try reader.ended(from: midnight(day), to: midnight(day.adding(days: 1)))
      #expect([today.done, today.failed] == days[day, default: [0, 0]])
    }
  }
}
