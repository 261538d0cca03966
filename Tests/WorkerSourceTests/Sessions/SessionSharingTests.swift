import MissionCore
import Ports
import Testing

@testable import WorkerSource

@Suite("a session that missions share", .timeLimit(.minutes(5)))
struct SessionSharingTests {
  private func policy(refresh: Int) -> SessionPolicy {
    var policy = SessionPolicy()
    policy.refreshInterval = refresh
    return policy
  }

  @Test("as many missions at once as the worker's capacity, the first fresh, the others reusing")
  func capacity() {
    var session = SessionDriver(capacity: 3)
    session.assign(1, 2)
    #expect(session.accepts)
    session.assign(3)
    #expect(!session.accepts)
    session.send(.opened(sessionID: "s"), .timerFired)
    #expect(session.send(.looked(.success(.ready))) == ["grant 1", "grant 2 again", "grant 3 again"])
    #expect(!session.accepts)
    session.send(.missionReleased(.good))
    #expect(session.accepts)
    #expect(session.assign(4) == ["grant 4 again"])
  }

  @Test("after refresh_interval missions a session takes no more and is ended when its last job has ended")
  func refresh() {
    var session = SessionDriver.ready(capacity: 2, policy: policy(refresh: 3), serving: 1, 2)
    #expect(session.send(.missionReleased(.good)).isEmpty)
    #expect(session.assign(3) == ["grant 3 again"])
    #expect(session.state.served == 3)
    #expect(session.send(.missionReleased(.good)).isEmpty, "a job still runs in it")
    #expect(!session.accepts)
    #expect(session.send(.missionReleased(.good)) == ["end"])
    #expect(session.accepts)
    #expect(session.assign(4).isEmpty)
    #expect(session.send(.ended) == ["journal ended", "gone", "open"])
  }

  @Test("more missions are not assigned than the session may still serve")
  func refreshBelowCapacity() {
    var session = SessionDriver(capacity: 4, policy: policy(refresh: 2))
    session.assign(1, 2)
    #expect(!session.accepts)
    session.send(.opened(sessionID: "s"), .timerFired, .looked(.success(.ready)))
    #expect(session.state.users == 2)
    #expect(!session.accepts)
    session.send(.missionReleased(.good))
    #expect(session.send(.missionReleased(.good)) == ["end"])
  }

  @Test("each served mission is journaled with its number")
  func served() {
    var session = SessionDriver.ready(capacity: 2, serving: 1)
    #expect(session.send(.missionStarts) == ["journal served 2"])
  }

  @Test("a failure taints the session: no new missions, ended when its last job has, journaled once")
  func taint() {
    var session = SessionDriver.ready(capacity: 3, serving: 1, 2, 3)
    #expect(
      session.send(.missionReleased(.jobFailed)) == ["journal tainted"], "a job's failure is not the proxy's")
    #expect(!session.accepts)
    #expect(session.send(.missionReleased(.abandoned)).isEmpty)
    #expect(session.send(.missionReleased(.good)) == ["end"])
    #expect(session.send(.ended) == ["journal ended", "gone"])
    #expect(!session.state.isTainted)
    #expect(session.assign(4) == ["open"])
  }

  @Test("a session's failure counts once against its proxy, however many missions it takes with it")
  func blamedOnce() {
    var session = SessionDriver.ready(capacity: 3, serving: 1, 2, 3)
    #expect(session.send(.missionReleased(.sessionFailed)) == ["blame p1:1", "journal tainted"])
    #expect(session.send(.missionReleased(.sessionFailed)).isEmpty)
    #expect(session.send(.missionReleased(.sessionFailed)) == ["end"])
    session.send(.ended)
    session.assign(4)
    session.send(.opened(sessionID: "s-2"), .timerFired)
    #expect(
      session.send(.looked(.success(.stuck))).contains("blame p1:1"), "another session, another failure")
  }

  @Test("a lost job taints the session without blaming its proxy; a mission that did not use it does neither")
  func verdicts() {
    var lost = SessionDriver.ready(serving: 1)
    #expect(lost.send(.missionReleased(.lost)) == ["journal tainted", "end"])
    var unused = SessionDriver.ready(serving: 1)
    #expect(unused.send(.missionReleased(.unused)).isEmpty)
    #expect(unused.accepts)
  }

  @Test("the run is over: an idle session is ended, one with a job is not")
  func runFinished() {
    var idle = SessionDriver.ready(serving: 1)
    idle.send(.missionReleased(.good))
    #expect(idle.send(.runFinished) == ["end"])
    var used = SessionDriver.ready(serving: 1)
    #expect(used.send(.runFinished).isEmpty)
    var none = SessionDriver()
    #expect(none.send(.runFinished).isEmpty)
  }

  @Test(
    "jobs that are left for a later run keep their session, however much it was used and whatever fails in it"
  )
  func left() {
    var usedUp = SessionDriver.ready(policy: policy(refresh: 1), serving: 1)
    #expect(usedUp.send(.missionReleased(.left)).isEmpty)
    var draining = SessionDriver.ready(capacity: 3, serving: 1, 2, 3)
    draining.send(.missionReleased(.jobFailed))
    #expect(draining.send(.missionReleased(.left)).isEmpty)
    #expect(
      draining.send(.missionReleased(.sessionFailed)) == ["blame p1:1"],
      "its taint is journaled for the next run")
  }

  @Test("a session of an earlier run is looked at before its first use")
  func inherited() {
    var session = SessionDriver(inherited: (served: 2, isTainted: false))
    #expect(session.accepts)
    #expect(session.assign(1) == ["look"])
    #expect(session.send(.looked(.success(.ready))) == ["grant 1 again"])
    #expect(session.state.served == 3)
  }

  @Test("one that still warms up is waited for, within a new time-out")
  func inheritedWarmingUp() {
    var session = SessionDriver(inherited: (served: 0, isTainted: false))
    session.now = .seconds(500)
    session.assign(1)
    #expect(session.send(.looked(.success(SessionStatus("warming_up")))) == ["wait"])
    session.waitForTimer()
    #expect(session.send(.looked(.success(.ready))) == ["grant 1"])
  }

  @Test("one that is of no use, used up, or runs a job nobody knows is ended and replaced")
  func inheritedUseless() {
    let answers: [Result<SessionStatus, SourceFailure>] = [
      .success(.scraping), .success(.stuck), .success(.disconnected), .success(.terminated),
      .failure(.of(.again)), .failure(.of(.notFound)), .failure(.of(.busy)), .failure(.of(.unreachable)),
    ]
    for answer in answers {
      var session = SessionDriver(inherited: (served: 1, isTainted: false))
      session.assign(1)
      #expect(session.send(.looked(answer)) == ["end"], "\(answer)")
      #expect(session.send(.ended) == ["journal ended", "gone", "open"])
    }
    var usedUp = SessionDriver(inherited: (served: 5, isTainted: false))
    usedUp.assign(1)
    #expect(usedUp.send(.looked(.success(.ready))) == ["end"])
    var tainted = SessionDriver(inherited: (served: 1, isTainted: true))
    #expect(tainted.assign(1) == ["end"])
    var refused = SessionDriver(inherited: (served: 1, isTainted: false))
    refused.assign(1)
    #expect(refused.send(.looked(.failure(.of(.unavailable)))) == ["lose 1", "gone"])
  }

  @Test("a session with adopted jobs takes no others until they have ended, then is looked at")
  func adopted() {
    var session = SessionDriver(capacity: 2, inherited: (served: 1, isTainted: false))
    session.send(.jobAdopted)
    #expect(!session.accepts)
    #expect(session.send(.missionReleased(.good)).isEmpty)
    #expect(session.accepts)
    #expect(session.assign(1) == ["look"])
    var unknown = SessionDriver(capacity: 2)
    unknown.send(.jobAdopted)
    #expect(
      unknown.state.phase == .inherited, "a job runs, so there is a session, whatever the journal knows")
    #expect(unknown.send(.missionReleased(.jobFailed)) == ["journal tainted", "end"])
  }

  @Test("a session in which a job that nobody knows may run is ended, behind the jobs that are known")
  func unknownJob() {
    var session = SessionDriver(inherited: (served: 1, isTainted: false))
    #expect(session.send(.unknownJobFound) == ["end"])
    var shared = SessionDriver(capacity: 2, inherited: (served: 1, isTainted: false))
    shared.send(.jobAdopted)
    #expect(shared.send(.unknownJobFound).isEmpty)
    #expect(!shared.accepts)
    #expect(shared.send(.missionReleased(.good)) == ["end"])
    var unjournaled = SessionDriver()
    #expect(unjournaled.send(.unknownJobFound) == ["end"])
  }

  @Test("a worker that is set aside loses who waits, takes nobody and ends nothing")
  func setAside() {
    var session = SessionDriver(capacity: 3, inherited: (served: 0, isTainted: false))
    session.send(.jobAdopted)
    session.assign(1)
    #expect(session.send(.setAside("401")) == ["lose 1", "gone"])
    #expect(!session.accepts)
    #expect(session.send(.missionReleased(.sessionFailed)) == ["blame p0:1", "journal tainted"])
    var empty = SessionDriver()
    #expect(empty.send(.setAside("401")) == ["gone"])
  }

  @Test("answers that nobody waits for change nothing")
  func stray() {
    var session = SessionDriver.ready(serving: 1)
    #expect(session.send(.opened(sessionID: "s-9")).isEmpty)
    #expect(session.send(.openFailed(.of(.unavailable))).isEmpty)
    #expect(session.send(.looked(.success(.stuck))).isEmpty)
    #expect(session.state.sessionID == "s-1")
    #expect(session.state.phase == .ready)
  }
}
