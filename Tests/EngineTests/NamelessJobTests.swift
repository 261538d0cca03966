import MissionCore
import Testing

@testable import Engine

@Suite("workers whose job ids are no names", .timeLimit(.minutes(5)))
struct NamelessJobTests {
  private func claim(_ jobs: inout JobHolders, _ id: String, _ mission: UInt64) -> JobHolders.Claim {
    jobs.claim(
      JobName(lane: LaneName(source: "default", lane: "w"), id: id), for: MissionID(high: 1, low: mission))
  }

  @Test("one id for every start is refused at first, and taken once it has shown to be no name")
  func constant() {
    var jobs = JobHolders()
    let claims = (1...20).map { claim(&jobs, "j1", UInt64($0)) }
    #expect(claims[0] == .own)
    for claim in claims[1..<15] { #expect(claim != .own) }
    for claim in claims[15...] { #expect(claim == .own) }
  }

  @Test("a worker that gave another id once is never taken for one")
  func numbering() {
    var jobs = JobHolders()
    _ = claim(&jobs, "j1", 1)
    _ = claim(&jobs, "j2", 2)
    for mission in 3...40 { #expect(claim(&jobs, "j1", UInt64(mission)) != .own) }
  }
}
