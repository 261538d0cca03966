import MissionCore
import SQLite
import Testing

@testable import Journal

/// More missions than are written down one by one.
@Suite("very many missions", .timeLimit(.minutes(5)))
struct LargeImportTests {
  private static let missions = (0..<20_600).map { mission($0) }

  private static func batches(_ journal: Journal, run: String, _ each: () throws -> Void = {}) throws
    -> ImportCounts
  {
    var counts = ImportCounts()
    for first in stride(from: 0, to: missions.count, by: 4000) {
      let batch = Array(missions[first..<min(missions.count, first + 4000)])
      counts =
        counts
        + (try journal.importMissions(batch, at: start, runID: run, moreFollows: true, choosesNew: true))
      try each()
    }
    return counts
  }

  private static func schema(_ path: String) throws -> [String] {
    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    let rows = try connection.prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name")
    var texts: [String] = []
    while try rows.step() { texts.append(rows.text(0) ?? "") }
    return texts
  }

  @Test("the first import is one transaction, whose indexes are as they were and hold every mission")
  func indexes() throws {
    let fixture = try Fixture()
    let before = try Self.schema(fixture.path)
    try fixture.journal.beginRun(RunRecord(id: "run", startedAt: start))
    let counts = try Self.batches(fixture.journal, run: "run") {
      let (total, schema) = (try fixture.reader().counts().total, try Self.schema(fixture.path))
      #expect(total == 0)
      #expect(schema == before)
    }
    #expect(counts.new == Self.missions.count)
    // Two rows of missions that are there, the first with another priority.
    let again = try fixture.journal.importMissions(
      [mission(7, priority: 3), mission(8)], at: start, runID: "run", choosesNew: true)
    #expect(again.duplicates == 2)
    let selection = try fixture.journal.select(run: "run", SelectionRule(), at: start)
    #expect(selection.selected == Self.missions.count)
    #expect(try fixture.journal.claim(after: nil, order: .oldest, limit: 1).0.first?.id == mission(7).id)
    #expect(try Self.schema(fixture.path) == before)
    let connection = try SQLiteConnection(path: fixture.path, mode: .readOnly)
    #expect(try connection.text("PRAGMA integrity_check") == "ok")
    #expect(try fixture.reader().run(id: "run")?.counts.selected == Self.missions.count)
    #expect(try fixture.reader().events(of: mission(9).id).map(\.kind) == [.imported, .queued])
  }

  @Test("an import that is taken back leaves an empty journal, which takes the missions in again")
  func dropped() throws {
    let fixture = try Fixture()
    let before = try Self.schema(fixture.path)
    try fixture.journal.beginRun(RunRecord(id: "run", startedAt: start))
    _ = try Self.batches(fixture.journal, run: "run")
    try fixture.journal.dropImport()
    #expect(try fixture.reader().counts().total == 0)
    _ = try Self.batches(fixture.journal, run: "run")
    fixture.journal.close()
    #expect(try fixture.reader().counts().queued == Self.missions.count)
    #expect(try Self.schema(fixture.path) == before)
  }

  @Test("what a run that died had chosen is the next one's when files name it, whatever its rows say")
  func takenOver() throws {
    let fixture = try Fixture()
    try fixture.journal.beginRun(RunRecord(id: "died", startedAt: start))
    _ = try Self.batches(fixture.journal, run: "died")
    _ = try fixture.journal.select(run: "died", SelectionRule(), at: start)
    try fixture.advance(mission(0).id, through: .s3, run: "died")
    try fixture.write(mission(1).id, .started(worker: "worker-1"), run: "died")
    fixture.journal.close()
    let next = try Journal.open(path: fixture.path, busy: .zero)
    try next.beginRun(RunRecord(id: "next", startedAt: start.later(5)))
    let counts = try Self.batches(next, run: "next")
    #expect(counts.known == Self.missions.count)
    func step(_ number: Int, _ change: MissionChange) throws {
      let transition = MissionTransition(
        mission: mission(number).id, change: change, events: [], at: start.later(6))
      try next.write([.mission(transition)], runID: "next")
    }
    try step(1, .requeued(crashes: 1, deferred: false))
    let left = Self.missions.count - 1
    #expect(try next.select(run: "next", SelectionRule(), at: start.later(5)).selected == left)
    let reader = try fixture.reader()
    #expect(try reader.run(id: "next")?.counts.selected == left)
    #expect(try reader.run(id: "died")?.counts.selected == Self.missions.count)
    #expect(try reader.left(ofRun: "next", namingOtherThan: []).map(\.missions) == [left])
    try step(2, .cancelled)
    try step(3, .started(worker: "worker-1"))
    for number in 1...3 {
      let run = try reader.mission(mission(number).id)?.runID
      #expect(run == (number == 1 ? "died" : "next"))
    }
    let standing = try #require(try reader.run(id: "next")?.counts)
    #expect((standing.selected, standing.cancelled) == (left, 1))
    // One row fewer than are QUEUED: they have to be chosen one by one.
    next.close()
    let last = try Journal.open(path: fixture.path, busy: .zero)
    try last.beginRun(RunRecord(id: "last", startedAt: start.later(9)))
    _ = try last.importMissions(Array(Self.missions.dropLast()), at: start.later(9), runID: "last")
    let rest = try last.select(run: "last", SelectionRule(), at: start.later(9)).selected
    #expect(rest == left - 3)
    #expect(try fixture.reader().counts().pending == 1)
    last.close()
  }
}
