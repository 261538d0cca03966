import Glibc
import MissionCore
import SQLite
import TestSupport
import Testing

@testable import Journal

@Suite("Suspicious results in the journal", .timeLimit(.minutes(5)))
struct SuspicionTests {
  /// A mission a day, as many as there are counts, DONE with these.
  private func fixture(_ records: [Int], languages: [String] = ["pt"]) throws -> Fixture {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions(
      records.indices.map { mission($0, languages: languages) }, at: start)
    try fixture.run("run-1")
    for (day, count) in records.enumerated() {
      try take(mission(day, languages: languages).id, run: "run-1", records: count, fixture)
    }
    return fixture
  }

  private func judge(_ records: Int, of id: MissionID, _ fixture: Fixture) throws -> SuspicionVerdict {
    let answer = Reply<Result<SuspicionVerdict, JournalError>>()
    fixture.journal.judge(records: records, of: id) { answer.give($0) }
    return try answer.wait().get()
  }

  /// As a run does with `on_suspicious: flag`.
  private func take(_ id: MissionID, run: String, records: Int, _ fixture: Fixture) throws {
    guard case .suspicious(let kind, let expected) = try judge(records, of: id, fixture) else {
      return try fixture.advance(id, through: .s3, run: run, ads: records)
    }
    let suspicion = Suspicion(kind: kind, expected: expected, got: records, looks: 1)
    try fixture.write(id, .started(worker: "worker-1"), run: run)
    try fixture.write(
      id, .suspected(suspicion), [JournalEvent(.suspicious, suspicion.details)], run: run)
    try fixture.write(id, .scrapeCompleted(adsCount: records, size: 2, sha256: "aa", seconds: 1), run: run)
    try fixture.write(id, .dbCompleted(seconds: 0.25), run: run)
    try fixture.write(id, .s3Completed(key: "k", etag: "e", size: 120, sha256: "bb", seconds: 0.5), run: run)
  }

  private func suspicion(_ day: Int, _ fixture: Fixture) throws -> Suspicion? {
    try fixture.reader().mission(mission(day).id)?.suspicion
  }

  @Test("an empty result after a streak of others is flagged, told once, and teaches nothing")
  func flagged() throws {
    let fixture = try fixture([40, 41, 39, 40, 42, 40, 38, 0, 40])
    let flag = Suspicion(kind: .empty, expected: 40, got: 0, looks: 1)
    #expect(try (0..<9).map { try suspicion($0, fixture) } == [nil, nil, nil, nil, nil, nil, nil, flag, nil])
    let record = try #require(try fixture.reader().mission(mission(7).id))
    #expect(record.status == .done, "nothing is held back")
    let told = try fixture.reader().events(of: mission(7).id).filter { $0.kind == .suspicious }
    #expect(told.map(\.detailsJSON) == [#"{"kind":"empty","expected":40,"got":0,"looks":1}"#])
    var filter = MissionFilter()
    filter.isSuspicious = true
    #expect(try fixture.reader().missions(filter, limit: 10).map(\.id) == [mission(7).id])
    #expect(try fixture.reader().total(filter) == 1)
  }

  @Test("only missions of the same slice and number of days are compared, and only the 56 days before")
  func alike() throws {
    let fixture = try fixture([40, 40, 40, 40, 40, 40, 40, 40])
    let others = [mission(8, languages: ["eng"]), mission(8, days: 2), mission(80)]
    _ = try fixture.journal.importMissions(others, at: start)
    try fixture.run("run-2")
    for other in others {
      #expect(try judge(0, of: other.id, fixture) == .tooLittleHistory)
    }
  }

  @Test("what is accepted loses its flag and is learned; what is not suspicious, or not there, is refused")
  func accepted() throws {
    let records = [Int](repeating: 40, count: 20) + [0, 0, 0]
    let fixture = try fixture(records)
    for day in 20...22 { #expect(try suspicion(day, fixture) != nil, "a flagged one teaches nothing") }
    for day in 20...22 { #expect(try fixture.journal.accept(mission(day).id, at: start) == nil) }
    #expect(try suspicion(20, fixture) == nil)
    #expect(try fixture.reader().events(of: mission(20).id).last?.kind == .accepted)
    #expect(try fixture.journal.accept(mission(20).id, at: start) == "is not suspicious")
    #expect(throws: JournalError.self) { try fixture.journal.accept(mission(99).id, at: start) }
    // Three empties are the slice's way now.
    _ = try fixture.journal.importMissions([mission(23)], at: start)
    try fixture.run("run-2")
    #expect(try judge(0, of: mission(23).id, fixture) == .ok)
  }

  @Test("a mission that is scraped again is judged anew")
  func again() throws {
    let fixture = try fixture([40, 40, 40, 40, 40, 40, 40, 0])
    #expect(try fixture.journal.putBack(mission(7).id, details: [], at: start))
    #expect(try fixture.journal.accept(mission(7).id, at: start) == "is PENDING: wait until it is done")
    try fixture.run("run-2")
    #expect(try suspicion(7, fixture) != nil, "until it is scraped")
    try fixture.advance(mission(7).id, through: .s3, run: "run-2", ads: 39)
    #expect(try suspicion(7, fixture) == nil)
  }

  @Test("a first look stays with its mission until a result is taken, and is under way for the next run")
  func firstLook() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(0), mission(1)], at: start)
    try fixture.run("run-1")
    let result = ScrapedResult(adsCount: 0, size: 2, sha256: "00")
    let first = FirstLook(
      result, seconds: 2, kind: .empty, expected: 40, starts: 1, lane: "worker-1", session: nil, dueAt: start)
    for day in 0...1 {
      let id = mission(day).id
      try fixture.write(id, .started(worker: "worker-1"))
      try fixture.write(id, .scrapeStarting(worker: "worker-1", proxy: nil))
      try fixture.write(id, .scrapeStarted(jobID: "job-1"))
      try fixture.write(id, .firstLookKept(first))
      try fixture.write(id, .requeued(crashes: 0, deferred: false))
    }
    let kept = try #require(try fixture.reader().mission(mission(0).id))
    #expect(kept.firstLook == first && kept.jobID == nil && kept.status == .queued)
    #expect(kept.sha256 == nil, "the row tells of no result yet")
    let rule = SelectionRule(filter: MissionFilter(), order: .oldest, limit: nil, retriesFailed: false)
    let verdict = try fixture.reader().verdict(on: mission(0).id, rule, isListed: false, isDue: false)
    #expect(verdict?.isUnderWay == true && verdict?.isChosen == true)
    try fixture.advance(mission(0).id, through: .db)
    #expect(try fixture.reader().mission(mission(0).id)?.firstLook == nil)
    try fixture.write(mission(1).id, .cancelled)
    #expect(try fixture.reader().mission(mission(1).id)?.firstLook == nil)
  }

  @Test(
    "what failed of its result goes on at DB when a person accepts it, and is scraped anew when it is retried"
  )
  func held() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(0), mission(1)], at: start)
    try fixture.run("run-1")
    let suspicion = Suspicion(kind: .empty, expected: 40, got: 0, looks: 1)
    for day in 0...1 {
      let id = mission(day).id
      try fixture.write(id, .started(worker: "worker-1"))
      try fixture.write(id, .suspected(suspicion))
      try fixture.write(
        id, .resultHeld(ScrapedResult(adsCount: 0, size: 2, sha256: "00"), seconds: 2, formerFiles: ["old"]))
      try fixture.write(id, .failed(code: .resultSuspicious, cause: nil, message: "m"))
    }
    let held = try #require(try fixture.reader().mission(mission(0).id))
    #expect(held.checkpoint == .scrape && held.sha256 == "00" && held.suspicion == suspicion)
    #expect(held.mark(of: .scrape) == .failed)
    #expect(try fixture.journal.accept(mission(0).id, at: start) == nil)
    let accepted = try #require(try fixture.reader().mission(mission(0).id))
    #expect(accepted.status == .pending && accepted.checkpoint == .db && accepted.sha256 == "00")
    #expect(accepted.suspicion == nil && accepted.errorCode == nil && accepted.former.files == ["old"])
    #expect(try fixture.reader().counts()[.failed] == 1)
    #expect(try fixture.reader().events(of: mission(0).id).last?.kind == .accepted)
    var filter = MissionFilter()
    filter.ids = [mission(1).id]
    #expect(try fixture.journal.retry(filter, at: start) == 1)
    let retried = try #require(try fixture.reader().mission(mission(1).id))
    #expect(retried.checkpoint == .scrape && retried.sha256 == nil && retried.suspicion == nil)
  }

  @Test(
    "of missions that are removed a line stays for 400 days: for days that are there, and to compare with")
  func removed() throws {
    let fixture = try fixture([40, 40, 40, 40, 40, 40, 40])
    #expect(try fixture.journal.prune(PruneChoice(), at: start) == 7)
    #expect(try fixture.reader().counts().total == 0)
    let rows = try fixture.reader().sliceRows(
      MissionFilter(), for: CoveredSlices(), namesOutside: true)
    var days: [Int32] = []
    while let row = try rows.next() {
      #expect(
        row.status == .done && row.records == 40 && row.outside?.parameters.languages == ["pt"]
          && row.outside?.key == nil)
      #expect(row.outside?.id == mission(days.count).id)
      days.append(row.from)
    }
    #expect(try rows.next() == nil, "the end stays the end")
    #expect(days.count == 7)
    #expect(days.first == mission(0).parameters.dateStart.daysSinceEpoch)
    _ = try fixture.journal.importMissions([mission(7)], at: start)
    try fixture.run("run-2")
    try take(mission(7).id, run: "run-2", records: 0, fixture)
    #expect(try suspicion(7, fixture)?.expected == 40)
    // Of what was removed too long ago nothing is known.
    #expect(try fixture.journal.prune(PruneChoice(ids: [mission(7).id]), at: start.later(401 * 86_400)) == 1)
    let left = try fixture.reader().sliceRows(
      MissionFilter(), for: CoveredSlices(), namesOutside: true)
    #expect(try left.next()?.outside?.id == mission(7).id)
    #expect(try left.next() == nil)
  }

  @Test("a journal of an earlier version brings what it has done along")
  func migrated() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/journal.sqlite"
    let old = Migrator(migrations: Array(Migrations.all.prefix(3)))
    let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
    try old.migrate(connection, path: path, from: 0)
    for day in 0..<7 {
      let row = try connection.prepare(
        """
        INSERT INTO missions (id, source, date_start, date_end, media_type, languages, priority, status, created_at,
          ads_count, finished_at)
        VALUES (?, 'default', ?2, ?2, 1, 'pt', 0, 3, 0, 40, 0)
        """)
      try row.bind(mission(day).id, at: 1)
      try row.bind(Int64(mission(day).parameters.dateStart.daysSinceEpoch), at: 2)
      try row.run()
    }
    connection.close()
    chmod(path, 0o600)
    let journal = try Journal.open(path: path, busy: .seconds(1))
    defer { journal.close() }
    #expect(try JournalReader(path: path).connection.integer("SELECT count(*) FROM past_missions") == 7)
  }
}
