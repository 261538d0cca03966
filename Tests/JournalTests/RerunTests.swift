import MissionCore
import SQLite
import Testing

@testable import Journal

/// Missions that are DONE and scraped once more (SOURCES 1: put back).
@Suite("Missions that are replaced", .timeLimit(.minutes(5)))
struct RerunTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture()
    _ = try fixture.journal.importMissions((0..<4).map { mission($0) }, at: start)
    try fixture.run("a")
    for day in 0..<3 { try fixture.advance(mission(day).id, through: .s3, run: "a") }
  }

  private func record(_ day: Int) throws -> MissionRecord {
    try #require(try fixture.reader().mission(mission(day).id))
  }

  private func only(_ days: Int...) -> MissionFilter {
    var filter = MissionFilter()
    filter.ids = days.map { mission($0).id }
    return filter
  }

  @Test(
    "only DONE ones are put back, to SCRAPE, with what is known of the old scrape and the event that tells of it"
  )
  func rerun() throws {
    #expect(try fixture.journal.rerun(only(0, 3), at: start.later(5)) == 1)
    let found = try record(0)
    #expect(
      found.status == .pending && found.checkpoint == .scrape && found.retryCount == 0
        && found.former.replaces)
    #expect(found.sha256 == "aa" && found.s3Key == "k" && found.s3SHA256 == "bb" && found.adsCount == 3)
    #expect(found.finishedAt == nil && found.jobID == nil && found.startedAt == nil)
    #expect(try fixture.reader().events(of: mission(0).id).last?.kind == .rerunQueued)
    #expect(try fixture.reader().counts().done == 2)
    #expect(try record(3).former.replaces == false)
  }

  @Test("one that FAILED because another scrape's object is there is put back too, and no other FAILED one")
  func failed() throws {
    try fixture.advance(mission(3).id, through: .db, run: "a")
    try fixture.write(mission(3).id, .failed(code: .storePermissionDenied, cause: nil, message: "m"))
    #expect(try fixture.journal.rerun(only(3), at: start) == 0)
    _ = try fixture.journal.retry(only(3), at: start)
    try fixture.run("b")
    try fixture.write(mission(3).id, .started(worker: nil))
    try fixture.write(mission(3).id, .failed(code: .objectDiffers, cause: nil, message: "m"))
    #expect(try fixture.journal.rerun(only(3), at: start) == 1)
    let found = try record(3)
    #expect(found.status == .pending && found.checkpoint == .scrape && found.former.replaces)
    #expect(found.errorCode == nil && found.sha256 == nil && found.adsCount == nil && found.finishedAt == nil)
    #expect(try fixture.reader().counts().failed == 0)
    // It was never DONE: there is nothing that verify could judge it by.
    let done = try fixture.reader().done(MissionFilter(), after: nil, limit: 10)
    #expect(!done.contains { $0.id == mission(3).id })
  }

  @Test("the next run chooses them although no file names them, until they are DONE again")
  func chosen() throws {
    _ = try fixture.journal.rerun(only(0), at: start)
    fixture.journal.close()
    let journal = try Journal.open(path: fixture.path, busy: .zero)
    defer { journal.close() }
    try journal.beginRun(RunRecord(id: "b", startedAt: start))
    #expect(try journal.select(run: "b", SelectionRule(), at: start).selected == 1)
  }

  @Test("verify judges by the old scrape until its rows and object are replaced, also when the new one fails")
  func judged() throws {
    _ = try fixture.journal.rerun(only(0), at: start)
    func seen() throws -> [MissionRecord] {
      try fixture.reader().done(MissionFilter(), after: nil, limit: 10).filter { $0.id == mission(0).id }
    }
    #expect(try seen().map(\.sha256) == ["aa"])
    try fixture.run("b")
    // Chosen: it may change any moment.
    #expect(try seen().isEmpty)
    try fixture.write(mission(0).id, .started(worker: "w"))
    try fixture.write(mission(0).id, .scrapeStarting(worker: "w", proxy: nil))
    try fixture.write(mission(0).id, .scrapeStarted(jobID: "j"))
    try fixture.write(mission(0).id, .scrapeCompleted(adsCount: 9, size: 900, sha256: "cc", seconds: 1))
    #expect(try record(0).sha256 == "cc")
    try fixture.write(mission(0).id, .failed(code: .destinationOther, cause: nil, message: "m"))
    // The new bytes wait in the spool, outside everything is as it was.
    #expect(try seen().map { [$0.sha256, $0.s3SHA256, $0.s3Key] } == [["aa", "bb", "k"]])
    #expect(try seen().map(\.adsCount) == [3])
  }

  @Test("coverage judges by the old scrape until the new one is DONE, whatever becomes of it on the way")
  func covered() throws {
    func seen() throws -> [String] {
      let rows = try fixture.reader().sliceRows(
        MissionFilter(), for: CoveredSlices(), namesOutside: true)
      var seen: [String] = []
      while let row = try rows.next() {
        seen.append("\(row.status.rawValue) \(row.records) \(row.outside?.key ?? "-")")
      }
      return seen
    }
    let others = ["DONE 3 k", "DONE 3 k", "QUEUED 0 -"]
    _ = try fixture.journal.rerun(only(0), at: start)
    #expect(try seen() == ["DONE 3 k"] + others)
    try fixture.run("b")
    try fixture.advance(mission(0).id, through: .scrape, run: "b", ads: 9)
    try fixture.write(mission(0).id, .failed(code: .destinationOther, cause: nil, message: "m"))
    #expect(try seen().first == "DONE 3 k")
    _ = try fixture.journal.retry(only(0), at: start)
    try fixture.run("c")
    try fixture.write(mission(0).id, .started(worker: nil), run: "c")
    try fixture.write(mission(0).id, .dbCompleted(seconds: 1), run: "c")
    #expect(try seen().first == "DONE 3 k")
    try fixture.write(
      mission(0).id, .s3Completed(key: "k", etag: "e", size: 1, sha256: "b", seconds: 1), run: "c")
    #expect(try seen().first == "DONE 9 k")
  }

  @Test("bytes that are lost on the way bring back what is known of the old scrape")
  func discarded() throws {
    _ = try fixture.journal.rerun(only(0), at: start)
    try fixture.run("b")
    try fixture.advance(mission(0).id, through: .scrape, run: "b", ads: 7)
    try fixture.write(mission(0).id, .scrapeDiscarded)
    let found = try record(0)
    #expect(
      found.checkpoint == .scrape && found.former.replaces && found.sha256 == "aa" && found.adsCount == 3)
    // A mission that replaces nothing forgets them.
    try fixture.advance(mission(3).id, through: .scrape, run: "b")
    try fixture.write(mission(3).id, .scrapeDiscarded)
    #expect(try record(3).sha256 == nil && record(3).adsCount == nil)
  }

  @Test("the mark goes when the mission is DONE again")
  func over() throws {
    _ = try fixture.journal.rerun(only(0), at: start)
    try fixture.run("b")
    try fixture.advance(mission(0).id, through: .s3, run: "b", ads: 8)
    let found = try record(0)
    #expect(found.status == .done && !found.former.replaces && found.adsCount == 8)
    let connection = try SQLiteConnection(path: fixture.path, mode: .readOnly)
    #expect(try connection.integer("SELECT count(*) FROM replaced") == 0)
    #expect(try connection.integer("SELECT sum(missions) FROM status_tallies") == 4)
  }

  // MARK: refresh_after

  private func listing(before limit: Timestamp, isWindow: Bool = false) -> ImportListing {
    var listing = ImportListing()
    listing.dueBefore = ["default": limit]
    listing.isWindow = isWindow
    return listing
  }

  /// What another process's run chooses.
  private func choose(
    _ id: String, by rule: SelectionRule = SelectionRule(), _ listings: [(ImportListing, [Int])]
  ) throws -> (Selection, [Int]) {
    fixture.journal.close()
    let plan = try PlanScratch(journal: fixture.path)
    for (listing, days) in listings { try plan.add(days.map { mission($0) }, as: listing) }
    let planned = try plan.plan(rule)
    let journal = try Journal.open(path: fixture.path, busy: .zero)
    defer { journal.close() }
    try journal.beginRun(RunRecord(id: id, startedAt: start))
    for (listing, days) in listings {
      _ = try journal.importMissions(days.map { mission($0) }, as: listing, at: start, runID: id)
    }
    let selection = try journal.select(run: id, rule, at: start)
    var chosen = MissionFilter()
    chosen.runID = id
    let first = CalendarDay("2025-01-01")!.daysSinceEpoch
    let days = try fixture.reader().missions(chosen, limit: 100).map {
      Int($0.parameters.dateStart.daysSinceEpoch - first)
    }
    #expect(
      planned.selected == selection.selected && planned.selection == selection, "plan tells what run does")
    return (selection, days.sorted())
  }

  @Test("a listed mission that was done before the limit is chosen, any other DONE one is not")
  func due() throws {
    // Mission 3 is unfinished; 0 to 2 were done at `start`; 2 is in no file.
    let (selection, days) = try choose("b", [(listing(before: start.later(1)), [0, 1, 3])])
    #expect(days == [0, 1, 3] && selection.selected == 3)
    #expect(try record(0).former.replaces && record(0).status == .queued && record(0).sha256 == "aa")
    #expect(try record(2).status == .done)
    #expect(
      try fixture.reader().events(of: mission(0).id).suffix(2).map(\.kind) == [.rerunQueued, .queued])
    #expect(try choose("c", [(listing(before: start), [1, 3])]).1 == [1, 3])
  }

  @Test("nothing is changed of what the filter or the limit leaves out")
  func narrowed() throws {
    var filter = MissionFilter()
    filter.to = CalendarDay("2025-01-02")
    let (selection, days) = try choose(
      "b", by: SelectionRule(filter: filter, limit: 1), [(listing(before: start.later(1)), [0, 1, 2])])
    #expect(days == [0] && selection.selected == 1 && selection.more == 1)
    #expect(try record(1).status == .done && record(2).status == .done)
  }

  @Test("what a window says is stronger than what a file says, whichever is later")
  func windowsFirst() throws {
    let (_, days) = try choose(
      "b",
      [
        (listing(before: start, isWindow: true), [0, 1]), (listing(before: start.later(1)), [0, 2]),
        (listing(before: start.later(1), isWindow: true), [1]),
      ])
    #expect(days == [1, 2])
  }

  // MARK: Where rows stand

  @Test("the file and line of a new mission's row are kept, those of a known one stay")
  func origins() throws {
    var listing = ImportListing()
    listing.origin = "missions/a.csv"
    listing.lines = [2, 7]
    _ = try fixture.journal.importMissions([mission(20), mission(0)], as: listing, at: start)
    listing.origin = "missions/b.csv"
    listing.lines = [3, 4]
    _ = try fixture.journal.importMissions([mission(20), mission(21)], as: listing, at: start)
    let reader = try fixture.reader()
    #expect(try reader.origin(of: mission(20).id)?.file == "missions/a.csv")
    #expect(try reader.origin(of: mission(20).id)?.line == 2)
    #expect(try reader.origin(of: mission(21).id)?.file == "missions/b.csv")
    #expect(try reader.origin(of: mission(0).id) == nil)
  }

  @Test("rows of known missions write nothing")
  func nothingWritten() throws {
    let connection = try SQLiteConnection(path: fixture.path, mode: .readOnly)
    let before = try connection.integer("PRAGMA data_version")
    for _ in 1...3 {
      let counts = try fixture.journal.importMissions((0..<4).map { mission($0) }, at: start)
      #expect(counts.new == 0)
    }
    #expect(try connection.integer("PRAGMA data_version") == before)
  }

  // MARK: Sources

  @Test("missions are chosen by their source, of several by any of them")
  func sources() throws {
    let day = CalendarDay("2025-06-01")!
    for (number, source) in ["amplis", "jobs"].enumerated() {
      let parameters = MissionParameters(
        source: source, dateStart: day, dateEnd: day, mediaType: nil, languages: [])
      _ = try fixture.journal.importMissions(
        [(MissionID(high: UInt64(number), low: 9), parameters, 0)], at: start)
    }
    func total(_ sources: String...) throws -> Int {
      var filter = MissionFilter()
      filter.sources = sources
      return try fixture.reader().total(filter)
    }
    #expect(
      try total("amplis") == 1 && total("amplis", "jobs") == 2 && total("default") == 4 && total("x") == 0)
    var choice = PruneChoice()
    choice.filter.sources = ["default"]
    #expect(try fixture.reader().prunable(choice).missions == 3)
    choice.filter.to = CalendarDay("2025-01-01")
    #expect(try fixture.journal.prune(choice, at: start) == 1)
  }
}
