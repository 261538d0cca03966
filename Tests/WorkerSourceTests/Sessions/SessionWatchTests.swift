import MissionCore
import Ports
import Testing

@testable import WorkerSource

@Suite("a session that is looked at while jobs run in it", .timeLimit(.minutes(5)))
struct SessionWatchTests {
  private func ready(_ missions: Int = 2, policy: SessionPolicy = SessionPolicy()) -> SessionDriver {
    var driver = SessionDriver(capacity: 3, policy: policy)
    driver.tellsWatch = true
    for mission in 1...missions { driver.assign(mission) }
    driver.send(.opened(sessionID: "s-1"), .timerFired, .looked(.success(.ready)), .jobGoesOn)
    return driver
  }

  @Test("nothing is asked of a session whose jobs have ended when they are looked at first")
  func shortJobs() {
    var session = SessionDriver(capacity: 2)
    session.tellsWatch = true
    session.assign(1)
    session.send(.opened(sessionID: "s-1"), .timerFired)
    #expect(session.send(.looked(.success(.ready))) == ["grant 1"])
    for mission in 2...3 {
      #expect(session.assign(mission) == ["grant \(mission) again"])
      #expect(session.send(.missionReleased(.good)).isEmpty)
    }
    #expect(session.send(.jobGoesOn) == ["wait"])
    #expect(session.send(.jobGoesOn).isEmpty, "the timer runs already")
    session.send(.missionReleased(.good))
    #expect(session.send(.timerFired).isEmpty)
    #expect(session.assign(4) == ["grant 4 again"], "another job, which may be short again")
  }

  @Test("once a job goes on the session is looked at, not more often than the job")
  func looks() {
    var session = ready()
    #expect(session.wait == .seconds(30), "the longer of the intervals of session (10 s) and job (30 s)")
    for status in [SessionStatus.scraping, .ready, .waiting("warming_up", isKnown: true)] {
      #expect(session.waitForTimer() == ["look"])
      #expect(session.send(.looked(.success(status))) == ["wait"])
      #expect(session.wait == .seconds(30))
    }
    var policy = SessionPolicy()
    policy.sessionInterval = .seconds(45)
    #expect(ready(policy: policy).wait == .seconds(45))
  }

  @Test("one look per worker, however many missions share its session")
  func once() {
    var session = ready(1)
    #expect(session.assign(2) == ["grant 2 again"], "the timer runs already")
    #expect(session.waitForTimer() == ["look"])
    #expect(session.assign(3) == ["grant 3 again"], "a look is under way")
    #expect(session.send(.looked(.success(.scraping))) == ["wait"])
  }

  @Test("an unknown status is told and nothing else")
  func unknown() {
    var session = ready()
    session.waitForTimer()
    #expect(session.send(.looked(.success(SessionStatus("dreaming")))) == ["tell of dreaming", "wait"])
  }

  @Test("a look that fails changes nothing, whatever it fails of; one that is put off waits as asked")
  func failures() {
    for kind in SourceFailure.Kind.all where kind != .notFound {
      var session = ready()
      for _ in 0..<5 {
        session.waitForTimer()
        #expect(session.send(.looked(.failure(.of(kind)))) == ["wait"], "\(kind)")
        #expect(session.wait == .seconds(30), "\(kind)")
      }
      #expect(session.accepts)
    }
    var session = ready()
    session.waitForTimer()
    #expect(session.send(.looked(.failure(.of(.busy, retryAfter: .seconds(100))))) == ["wait"])
    #expect(session.wait! >= .seconds(100) && session.wait! < .seconds(101))
  }

  static let ends: [(Result<SessionStatus, SourceFailure>, String)] = [
    (.success(.stuck), "ERROR102"), (.success(.disconnected), "ERROR103"),
    (.success(.terminated), "ERROR103"),
    (.failure(SourceFailure(.notFound, "404")), "ERROR103"),
  ]

  @Test(
    "a session that broke takes no missions, tells those that use it, and is ended behind the last of them")
  func breaks() {
    for (answer, code) in Self.ends {
      var session = ready()
      session.waitForTimer()
      #expect(session.send(.looked(answer)) == ["journal tainted", "break \(code)"])
      #expect(!session.accepts)
      #expect(session.assign(3).isEmpty)
      #expect(session.send(.missionReleased(.sessionFailed)) == ["blame p1:1"])
      #expect(session.send(.missionReleased(.good)) == ["end"], "a result that was there is taken")
      #expect(session.send(.ended) == ["journal ended", "gone", "open"])
    }
  }

  @Test("a session that is known to have broken is not asked again")
  func told() {
    var session = ready()
    session.waitForTimer()
    session.send(.looked(.success(.stuck)))
    #expect(session.send(.missionReleased(.sessionFailed)) == ["blame p1:1"])
    #expect(session.send(.timerFired).isEmpty)
    #expect(session.send(.looked(.success(.stuck))).isEmpty)
  }

  @Test("one that failed for another reason is watched on for the missions that are left")
  func tainted() {
    var session = ready()
    #expect(session.send(.missionReleased(.jobFailed)) == ["journal tainted"])
    #expect(session.waitForTimer() == ["look"])
    #expect(session.send(.looked(.success(.disconnected))) == ["break ERROR103"], "tainted is journaled once")
  }

  @Test(
    "a session that nobody uses any more is not looked at; when the answer was on its way it is just ended")
  func idle() {
    var session = ready(1)
    session.send(.missionReleased(.good))
    #expect(session.send(.timerFired).isEmpty)
    #expect(session.assign(2) == ["grant 2 again"])
    #expect(session.send(.jobGoesOn) == ["wait"], "the next user begins anew")
    for (answer, _) in Self.ends {
      var session = ready(1)
      session.waitForTimer()
      session.send(.missionReleased(.good))
      #expect(session.send(.looked(answer)) == ["blame p1:1", "end"])
      #expect(session.send(.ended) == ["journal ended", "gone"])
    }
    var healthy = ready(1)
    healthy.waitForTimer()
    healthy.send(.missionReleased(.good))
    #expect(healthy.send(.looked(.success(.ready))).isEmpty)
    #expect(healthy.accepts)
  }

  @Test("jobs that were adopted are watched as well, whatever the journal knows of their session")
  func adopted() {
    for var session in [SessionDriver(inherited: (served: 1, isTainted: false)), SessionDriver()] {
      session.tellsWatch = true
      #expect(session.send(.jobAdopted).isEmpty)
      #expect(session.send(.jobGoesOn) == ["wait"])
      #expect(session.waitForTimer() == ["look"])
      #expect(session.send(.looked(.success(.scraping))) == ["wait"])
      session.waitForTimer()
      #expect(session.send(.looked(.success(.terminated))) == ["journal tainted", "break ERROR103"])
      #expect(session.send(.missionReleased(.lost)) == ["end"], "a job that the worker forgot blames nobody")
    }
  }

  @Test("the look before an inherited session's first use takes the place of the watch")
  func probing() {
    var session = SessionDriver(inherited: (served: 1, isTainted: false))
    session.tellsWatch = true
    session.send(.jobAdopted, .jobGoesOn)
    session.waitForTimer()
    session.send(.missionReleased(.good))
    #expect(session.assign(1) == ["look"])
    #expect(session.send(.looked(.success(.ready))) == ["grant 1 again"])
    #expect(session.send(.jobGoesOn) == ["wait"])
    #expect(session.waitForTimer() == ["look"])
  }

  @Test("nothing is asked of a worker that is set aside, nor once jobs are left to a later run")
  func notAsked() {
    var aside = ready()
    aside.send(.setAside("401"))
    #expect(aside.send(.timerFired).isEmpty)
    #expect(aside.send(.looked(.success(.stuck))).isEmpty)
    var left = ready()
    left.send(.missionReleased(.left))
    #expect(left.send(.timerFired).isEmpty)
    for status in [SessionStatus.scraping, .stuck, .terminated] {
      var asked = ready()
      asked.waitForTimer()
      asked.send(.missionReleased(.left), .missionReleased(.left))
      #expect(asked.send(.looked(.success(status))).isEmpty, "its jobs are adopted by the next run")
    }
  }

  @Test("a session that is used up and waits for its last job is watched")
  func usedUp() {
    var policy = SessionPolicy()
    policy.refreshInterval = 1
    var session = SessionDriver(policy: policy)
    session.tellsWatch = true
    session.assign(1)
    session.send(.opened(sessionID: "s-1"), .timerFired)
    session.send(.looked(.success(.ready)), .jobGoesOn)
    session.waitForTimer()
    #expect(session.send(.looked(.success(.stuck))) == ["journal tainted", "break ERROR102"])
  }
}
