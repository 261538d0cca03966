import MissionCore
import Testing

@testable import Journal

@Suite("missions that are chosen as their rows are read", .timeLimit(.minutes(5)))
struct ChoosingImportTests {
  /// Rows of three files, the last read again: new, known and repeated ones, one with another priority.
  private static let first = [mission(0), mission(1), mission(2)]
  private static let second = [mission(1), mission(3, priority: 1), mission(3, priority: 4), mission(4)]

  /// A run that imports and chooses in one of the two ways, after an earlier one that left something of every kind.
  private func journal(choosesNew: Bool) throws -> Fixture {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions(Self.first, at: start)
    try fixture.run("earlier")
    try fixture.advance(mission(0).id, through: .s3, run: "earlier")
    try fixture.journal.beginRun(RunRecord(id: "run", startedAt: start.later(9)))
    for batch in [Self.second, [mission(4)]] {
      _ = try fixture.journal.importMissions(
        batch, at: start.later(9), runID: "run", moreFollows: true, choosesNew: choosesNew)
    }
    let selection = try fixture.journal.select(run: "run", SelectionRule(), at: start.later(9))
    // All of this process count as listed.
    #expect(selection.selected == 4)
    return fixture
  }

  @Test("they are as those that are chosen afterwards: rows, order, history and counts")
  func equal() throws {
    let (one, other) = (try journal(choosesNew: true), try journal(choosesNew: false))
    let (left, right) = (try one.reader(), try other.reader())
    for number in 0...4 {
      let id = mission(number).id
      #expect(try left.mission(id) == right.mission(id))
      #expect(try left.events(of: id) == right.events(of: id))
    }
    #expect(try left.mission(mission(4).id)?.status == .queued)
    #expect(try left.mission(mission(3).id)?.priority == 4)
    #expect(try left.counts() == right.counts())
    for run in ["earlier", "run"] { #expect(try left.run(id: run)?.counts == right.run(id: run)?.counts) }
  }

  @Test("what a run that died while it read had chosen goes back when no file names it any more")
  func died() throws {
    let fixture = try Fixture()
    try fixture.journal.beginRun(RunRecord(id: "died", startedAt: start))
    _ = try fixture.journal.importMissions(Self.first, at: start, runID: "died", choosesNew: true)
    fixture.journal.close()
    let next = try Journal.open(path: fixture.path, busy: .zero)
    try next.beginRun(RunRecord(id: "next", startedAt: start.later(5)))
    _ = try next.importMissions([mission(1)], at: start.later(5), runID: "next", choosesNew: true)
    let selection = try next.select(run: "next", SelectionRule(), at: start.later(5))
    #expect(selection.selected == 1)
    next.close()
    let reader = try fixture.reader()
    #expect(try reader.mission(mission(1).id)?.status == .queued)
    #expect(try reader.mission(mission(0).id)?.status == .pending)
    #expect(try reader.counts().pending == 2)
  }
}
