import MissionCore
import Testing

@testable import WorkerSource

@Suite("what a session tells of a POST /scrape without a clear answer", .timeLimit(.minutes(5)))
struct StartFindingTests {
  private static let unknown: Message =
    "POST /scrape had no clear answer and the session may run a job nobody knows"

  @Test("only `ready` of a session for one job tells that none runs")
  func ready() {
    #expect(SessionStatus.ready.finding(isShared: false) == .notStarted(request: "POST /scrape"))
    #expect(SessionStatus.ready.finding(isShared: true) == .unclear(reason: Self.unknown))
  }

  @Test("a session that does something may run the job")
  func busy() {
    for status in [
      SessionStatus.scraping, .waiting("connecting", isKnown: true), .waiting("odd", isKnown: false),
    ] {
      let failure = Failure(.scrapeOther, Self.unknown, mayHaveUnknownJob: true)
      #expect(status.finding(isShared: false) == .failed(failure))
      #expect(status.finding(isShared: true) == .unclear(reason: Self.unknown))
    }
  }

  @Test("a session that broke has its own code; a shared one may still run the job while the others end")
  func broken() {
    for (status, code) in [
      (SessionStatus.stuck, ErrorCode.sessionStuck), (.disconnected, .sessionDisconnected),
      (.terminated, .sessionDisconnected),
    ] {
      for isShared in [false, true] {
        guard case .failed(let failure) = status.finding(isShared: isShared) else {
          Issue.record("\(status) has not failed")
          continue
        }
        #expect(failure.code == code)
        #expect(failure.mayHaveUnknownJob == isShared)
      }
    }
  }
}
