import MissionCore
import Testing

@testable import Journal

@Suite("Missions that are looked after", .timeLimit(.minutes(5)))
struct MendingTests {
  /// Mission 0 DONE, 1 FAILED, 2 QUEUED, 3 PENDING.
  private func fixture() throws -> Fixture {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions((0..<3).map { mission($0) }, at: start)
    try fixture.run("run-1")
    try fixture.advance(mission(0).id, through: .s3, run: "run-1")
    try fixture.write(mission(1).id, .started(worker: "w"), run: "run-1")
    try fixture.write(
      mission(1).id, .failed(code: .jobFailed, cause: nil, message: "m"), [JournalEvent(.failed)],
      run: "run-1",
      at: start.later(100))
    _ = try fixture.journal.importMissions([mission(3)], at: start)
    return fixture
  }

  @Test("only a DONE mission is put back; it begins anew and keeps nothing of the old scrape")
  func putBack() throws {
    let fixture = try fixture()
    for number in 1...3 { #expect(try !fixture.journal.putBack(mission(number).id, details: [], at: start)) }
    #expect(try fixture.journal.putBack(mission(0).id, details: [("reason", .text("r"))], at: start))
    let record = try #require(try fixture.reader().mission(mission(0).id))
    #expect(record.status == .pending && record.checkpoint == .scrape && record.finishedAt == nil)
    #expect(record.sha256 == nil && record.s3Key == nil && record.s3SHA256 == nil && record.adsCount == nil)
    #expect(try fixture.reader().events(of: mission(0).id).last?.detailsJSON == #"{"reason":"r"}"#)
    try fixture.run("run-2")
    try fixture.advance(mission(0).id, through: .s3, run: "run-2")
    #expect(try fixture.reader().mission(mission(0).id)?.status == .done)
  }

  @Test("a mended mission stays DONE, with its new ETag and the events that tell of it")
  func mended() throws {
    let fixture = try fixture()
    let events = [JournalEvent(.resumed), JournalEvent(.s3Completed), JournalEvent(.completed)]
    #expect(try fixture.journal.mended(mission(0).id, etag: "new", events: events, at: start))
    #expect(try fixture.journal.mended(mission(0).id, etag: nil, events: [], at: start))
    #expect(try !fixture.journal.mended(mission(1).id, etag: "new", events: events, at: start))
    let record = try #require(try fixture.reader().mission(mission(0).id))
    #expect(record.status == .done && record.s3ETag == "new" && record.s3SHA256 == "bb")
    #expect(try fixture.reader().events(of: mission(0).id).suffix(3).map(\.kind) == events.map(\.kind))
  }

  @Test("what is queued is never removed; by choice only finished ones are, by id also what was never chosen")
  func pruning() throws {
    let fixture = try fixture()
    let reader = try fixture.reader()
    let all = try reader.prunable(PruneChoice())
    #expect(all.missions == 2 && all.events == 5)
    #expect(try reader.prunable(PruneChoice(statuses: [.done])).missions == 1)
    #expect(try reader.prunable(PruneChoice(finishedBefore: start.later(50))).missions == 1)
    #expect(try reader.prunableEvents(before: start.later(1), besides: nil) == 4)
    #expect(try reader.prunableEvents(before: start.later(1), besides: PruneChoice(statuses: [.done])) == 2)
    #expect(try fixture.journal.pruneEvents(before: start.later(1)) == 4)
    #expect(try fixture.journal.prune(PruneChoice(ids: [mission(2).id, mission(3).id]), at: start) == 1)
    #expect(try fixture.journal.prune(PruneChoice(finishedBefore: start.later(50)), at: start) == 1)
    #expect(try reader.counts().total == 2)
    #expect(try reader.known((0..<4).map { mission($0).id }) == [mission(1).id, mission(2).id])
    #expect(try reader.events(of: mission(0).id).isEmpty)
  }

  @Test("DONE missions come page by page, each once, as far as they match")
  func pages() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions((0..<20).map { mission($0) }, at: start)
    try fixture.run("run-1")
    for number in 0..<19 { try fixture.advance(mission(number).id, through: .s3, run: "run-1") }
    let reader = try fixture.reader()
    var filter = MissionFilter()
    filter.from = CalendarDay("2025-01-03")
    for (filter, expected) in [(MissionFilter(), 19), (filter, 17)] {
      var found: [MissionID] = []
      while true {
        let page = try reader.done(filter, after: found.last, limit: 6).map(\.id)
        found += page
        if page.count < 6 { break }
      }
      #expect(found.count == expected)
      #expect(found == found.sorted())
    }
  }
}
