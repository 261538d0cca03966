import MissionCore
import Testing

@testable import Journal

@Suite("Importing and choosing missions", .timeLimit(.minutes(5)))
struct SelectionTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func statuses() throws -> StatusCounts { try fixture.reader().counts() }

  private func day(_ offset: Int) -> CalendarDay { CalendarDay("2025-01-01")!.adding(days: offset) }

  @Test("importing counts new, known and repeated rows and resets nothing")
  func importing() throws {
    var counts = try fixture.journal.importMissions(
      [mission(0), mission(1), mission(0)], at: start, moreFollows: true)
    #expect(counts.new == 2 && counts.known == 0 && counts.duplicates == 1)
    counts = try fixture.journal.importMissions([mission(1), mission(2)], at: start)
    #expect(counts.new == 1 && counts.duplicates == 1)
    try fixture.run("r")
    try fixture.advance(mission(0).id, through: .s3)
    fixture.journal.close()

    let again = try Journal.open(path: fixture.path, busy: .zero)
    counts = try again.importMissions([mission(0), mission(1), mission(0), mission(3)], at: start.later(9))
    #expect(counts.new == 1 && counts.known == 2 && counts.duplicates == 1)
    again.close()
    #expect(try fixture.reader().mission(mission(0).id)?.status == .done)
    #expect(try fixture.reader().mission(mission(0).id)?.createdAt == start)
    #expect(try fixture.reader().events(of: mission(0).id).filter { $0.kind == .imported }.count == 1)
  }

  @Test("a new priority reaches a mission only while it is PENDING")
  func priorities() throws {
    _ = try fixture.journal.importMissions([mission(0)], at: start)
    _ = try fixture.journal.importMissions([mission(0, priority: 5)], at: start)
    #expect(try fixture.reader().mission(mission(0).id)?.priority == 5)
    try fixture.run("r")
    _ = try fixture.journal.importMissions([mission(0, priority: 9)], at: start)
    #expect(try fixture.reader().mission(mission(0).id)?.priority == 5)
  }

  @Test("the filter chooses by range, type, languages, id and shard")
  func filters() throws {
    let all = [
      mission(0), mission(1, days: 3), mission(2, languages: ["pt", "eng"]), mission(3, type: .image),
      mission(9),
    ]
    _ = try fixture.journal.importMissions(all, at: start)
    var filters: [MissionFilter] = []
    func add(_ change: (inout MissionFilter) -> Void) {
      var filter = MissionFilter()
      change(&filter)
      filters.append(filter)
    }
    add {
      $0.from = day(1)
      $0.to = day(3)
    }
    add { $0.to = day(2) }
    add { $0.mediaType = .image }
    add { $0.languages = ["eng"] }
    add { $0.languages = ["eng", "pt"] }
    add { $0.languages = ["en"] }
    add { $0.ids = [all[4].id, all[0].id] }
    for index in 0..<3 { add { $0.shard = MissionFilter.Shard(index: UInt64(index), count: 3) } }
    add { $0.shard = MissionFilter.Shard(index: 1, count: .max) }
    for (index, filter) in filters.enumerated() {
      let expected = all.filter { filter.takes($0.parameters, id: $0.id) }
      #expect(try fixture.reader().total(filter) == expected.count)
      #expect(try fixture.run("run-\(index)", filter) == expected.count)
      var queued = filter
      queued.statuses = [.queued]
      #expect(try Set(fixture.reader().missions(queued, limit: 9).map(\.id)) == Set(expected.map(\.id)))
      #expect(try statuses().queued == expected.count)
    }
  }

  @Test("the limit counts in run order, and what it leaves out goes back to PENDING")
  func limits() throws {
    _ = try fixture.journal.importMissions((0..<10).map { mission($0, priority: $0 == 7 ? 1 : 0) }, at: start)
    #expect(try fixture.run("a", limit: 3) == 3)
    #expect(try claimed(.oldest, page: 10).map(\.id) == [7, 0, 1].map { mission($0).id })
    #expect(try fixture.run("b", order: .newest, limit: 2) == 2)
    #expect(try claimed(.newest, page: 10).map(\.id) == [7, 9].map { mission($0).id })
    #expect(try statuses().pending == 8)
    let run = try #require(try fixture.reader().run(id: "b"))
    #expect(run.counts.selected == 2 && run.counts.skipped == 8)
    #expect(try fixture.run("c", limit: 0) == 0)
  }

  @Test("leftovers keep job id and checkpoint, and are chosen again without an event")
  func leftovers() throws {
    _ = try fixture.journal.importMissions([mission(0), mission(1)], at: start)
    try fixture.run("a")
    let id = mission(0).id
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil))
    #expect(try fixture.journal.interrupted().map(\.id) == [id])
    try fixture.write(id, .scrapeStarted(jobID: "job-1"))
    try fixture.write(id, .requeued(crashes: 0, deferred: false))
    #expect(try fixture.journal.adoptable().map(\.id) == [id])

    var other = MissionFilter()
    other.ids = [mission(1).id]
    #expect(try fixture.run("b", other) == 1)
    #expect(try fixture.reader().mission(id)?.status == .pending)
    #expect(try fixture.journal.adoptable().isEmpty)
    #expect(try fixture.journal.notChosenWithJob().map(\.id) == [id], "its worker is not to be disturbed")
    #expect(try fixture.run("c") == 2)
    #expect(try fixture.journal.notChosenWithJob().isEmpty)
    #expect(try fixture.reader().mission(id)?.jobID == "job-1")
    #expect(try fixture.reader().mission(id)?.runID == "c")
    #expect(try fixture.journal.adoptable().map(\.id) == [id])
    #expect(try fixture.reader().events(of: mission(1).id).filter { $0.kind == .queued }.count == 1)
    #expect(try fixture.reader().run(id: "a")?.counts.left == 2)
  }

  @Test("FAILED missions are chosen when asked for, at the checkpoint that failed")
  func retryFailed() throws {
    _ = try fixture.journal.importMissions([mission(0), mission(1)], at: start)
    try fixture.run("a")
    let id = mission(0).id
    try fixture.advance(id, through: .scrape, run: "a")
    try fixture.write(id, .failed(code: .destinationDoesNotFit, cause: nil, message: "no"), run: "a")
    #expect(try fixture.run("b") == 1)
    #expect(try fixture.run("c", retryFailed: true) == 2)
    let now = try #require(try fixture.reader().mission(id))
    #expect(now.status == .queued && now.checkpoint == .db && now.retryCount == 0 && now.errorCode == nil)
    #expect(now.finishedAt == nil && now.runID == "c")
    #expect(try fixture.reader().events(of: id).suffix(2).map(\.kind) == [.retryQueued, .queued])
    #expect(try fixture.reader().run(id: "a")?.counts.failed == 1)
    #expect(try fixture.reader().run(id: "c")?.counts.failed == 0)
  }

  @Test("retry reopens what failed or was cancelled; cancel ends what is not finished")
  func commands() throws {
    _ = try fixture.journal.importMissions((0..<4).map { mission($0) }, at: start)
    try fixture.run("a")
    let id = mission(0).id
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil))
    try fixture.write(id, .scrapeStarted(jobID: "job-1"))
    try fixture.write(id, .failed(code: .jobFailed, cause: nil, message: "no"))
    #expect(try fixture.journal.cancel(mission(1).id, at: start))
    #expect(try !fixture.journal.cancel(mission(1).id, at: start))
    #expect(failure { _ = try fixture.journal.cancel(mission(88).id, at: start) }?.exitCode == .notFound)
    #expect(try fixture.reader().events(of: mission(1).id).last?.kind == .cancelled)

    var failed = MissionFilter()
    failed.hasFailed = true
    #expect(try fixture.reader().total(failed) == 1)
    failed.codes = [.storeOther]
    #expect(try fixture.reader().total(failed) == 0)
    failed.codes = [.storeOther, .jobFailed]
    #expect(try fixture.journal.retry(failed, at: start) == 1)
    let now = try #require(try fixture.reader().mission(id))
    #expect(now.status == .pending && now.jobID == nil && now.errorCode == nil)
    #expect(try fixture.journal.retry(MissionFilter(), at: start) == 1)
    #expect(try statuses().cancelled == 0)
    #expect(try fixture.run("b") == 4)
    #expect(try fixture.journal.adoptable().isEmpty)
  }

  @Test(
    "claims follow the run order on pages of any size, deferred missions last", arguments: [1, 2, 7, 100])
  func claims(page: Int) throws {
    var random = Scatter(seed: 7)
    let all = (0..<40).map { index in
      mission(
        Int.random(in: 0..<9, using: &random), languages: ["l\(index)"],
        priority: [-1, 0, 3].randomElement(using: &random)!)
    }
    _ = try fixture.journal.importMissions(all, at: start)
    try fixture.run("a")
    let deferred = Set(all.prefix(5).map(\.id))
    for id in deferred { try fixture.write(id, .requeued(crashes: 2, deferred: true)) }
    func key(_ one: ImportedMission, _ order: MissionOrder) -> (Int, Int, Int32, MissionID) {
      let day = one.parameters.dateStart.daysSinceEpoch
      return (deferred.contains(one.id) ? 1 : 0, -one.priority, order == .oldest ? day : -day, one.id)
    }
    for order in MissionOrder.allCases {
      let expected = all.sorted { key($0, order) < key($1, order) }.map(\.id)
      #expect(try claimed(order, page: page).map(\.id) == expected)
    }
  }

  @Test("claiming an empty queue ends at once")
  func emptyQueue() throws {
    let (missions, cursor) = try fixture.journal.claim(after: nil, order: .newest, limit: 5)
    #expect(missions.isEmpty && cursor == nil)
  }

  private func claimed(_ order: MissionOrder, page: Int) throws -> [MissionRecord] {
    var all: [MissionRecord] = []
    var cursor: ClaimCursor?
    repeat {
      let (missions, next) = try fixture.journal.claim(after: cursor, order: order, limit: page)
      #expect(missions.count <= page)
      all += missions
      cursor = next
    } while cursor != nil
    return all
  }
}
