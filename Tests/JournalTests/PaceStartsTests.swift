import MissionCore
import Testing

@testable import Journal

@Suite("When sources with a pace started missions", .timeLimit(.minutes(5)))
struct PaceStartsTests {
  @Test("starts are kept by source, and forgotten when their pace looks no further back")
  func kept() throws {
    let fixture = try Fixture()
    func started(_ source: String, _ at: Int64, horizon: Int64) throws {
      try fixture.journal.write(
        [
          .paceStart(
            source: source, at: Timestamp(milliseconds: at), horizon: Timestamp(milliseconds: horizon))
        ], runID: nil)
    }
    try started("a", 1000, horizon: 0)
    try started("b", 1500, horizon: 0)
    try started("a", 5000, horizon: 2000)
    #expect(
      try fixture.journal.paceStarts() == [
        "a": [Timestamp(milliseconds: 5000)], "b": [Timestamp(milliseconds: 1500)],
      ])
  }

  @Test("a run's missions that name other sources than the declared ones are counted by source")
  func undeclared() throws {
    let fixture = try Fixture()
    try fixture.run("run-1")
    let day = CalendarDay("2025-01-02")!
    for (number, source) in ["gone", "kept", "gone", "older"].enumerated() {
      let parameters = MissionParameters(
        source: source, dateStart: day, dateEnd: day, mediaType: nil, languages: [])
      let mission: ImportedMission = (MissionID(high: 1, low: UInt64(number)), parameters, 0)
      _ = try fixture.journal.importMissions([mission], at: start, runID: "run-1")
    }
    _ = try fixture.journal.select(run: "run-1", SelectionRule(includesUnlisted: true), at: start)
    let left = try fixture.reader().left(ofRun: "run-1", namingOtherThan: ["kept"])
    #expect(left.map(\.source) == ["gone", "older"] && left.map(\.missions) == [2, 1])
  }
}
