import MissionCore
import Testing

@testable import Journal

@Suite("lanes that get fewer jobs at once, in the journal", .timeLimit(.minutes(5)))
struct LaneLimitTests {
  @Test(
    "what a lane gets is read back with its reason, until it gets all again; a new run begins without any")
  func kept() throws {
    let fixture = try Fixture()
    let slower = LaneLimit(limit: 3, capacity: 10, reason: .slower(times: 4.1))
    let refused = LaneLimit(limit: 1, capacity: 2, reason: .refused)
    try fixture.journal.write(
      [
        .laneLimited(lane: "w1", LaneLimit(limit: 5, capacity: 10, reason: .comparing), at: start),
        .laneLimited(lane: "w1", slower, at: start), .laneLimited(lane: "w2", refused, at: start),
        .laneLimited(lane: "w3", LaneLimit(limit: 1, capacity: 2, reason: .sessionFailed), at: start),
        .laneLimited(lane: "w3", nil, at: start),
      ], runID: nil)
    #expect(try fixture.reader().laneLimits() == ["w1": slower, "w2": refused])
    try fixture.journal.beginRun(RunRecord(id: "next", startedAt: start))
    #expect(try fixture.reader().laneLimits().isEmpty)
  }
}
