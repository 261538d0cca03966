import MissionCore
import Ports
import Testing

@testable import WorkerSource

@Suite("a session that is opened", .timeLimit(.minutes(5)))
struct SessionOpeningTests {
  @Test("opened, first looked at after session_initial, then every session interval until it is ready")
  func wholeWay() {
    var session = SessionDriver()
    #expect(session.assign(1) == ["open"])
    #expect(session.send(.opened(sessionID: "s-1")) == ["journal opened s-1 through p1:1", "wait"])
    #expect(session.wait == .seconds(60))
    #expect(session.waitForTimer() == ["look"])
    for status in ["initializing", "connecting", "authenticating", "warming_up"] {
      #expect(session.send(.looked(.success(SessionStatus(status)))) == ["wait"])
      #expect(session.wait == .seconds(10))
      #expect(session.waitForTimer() == ["look"])
    }
    #expect(session.send(.looked(.success(.ready))) == ["grant 1"])
    #expect(session.state.served == 1)
  }

  @Test("an unknown status is waited on and told")
  func unknownStatus() {
    var session = SessionDriver()
    session.assign(1)
    session.send(.opened(sessionID: "s-1"), .timerFired)
    #expect(session.send(.looked(.success(SessionStatus("dreaming")))) == ["tell of dreaming", "wait"])
  }

  @Test(
    "a session that breaks while it warms up fails its missions with its code, blames the proxy and is ended",
    arguments: [
      ("stuck", "ERROR102", true), ("disconnected", "ERROR103", true), ("terminated", "ERROR103", true),
      ("scraping", "ERROR100", false),
    ])
  func breaks(status: String, code: String, isBlamed: Bool) {
    var session = SessionDriver(capacity: 2)
    session.assign(1, 2)
    session.send(.opened(sessionID: "s-1"), .timerFired)
    #expect(
      session.send(.looked(.success(SessionStatus(status))))
        == ["end"] + (isBlamed ? ["blame p1:1"] : []) + ["fail 1,2 \(code)"])
    #expect(session.send(.ended) == ["journal ended", "gone"])
    #expect(session.assign(3) == ["open"])
  }

  @Test("not ready in time: 101, at the time-out and not before")
  func timeout() {
    var session = SessionDriver()
    session.assign(1)
    session.send(.opened(sessionID: "s-1"))
    var looks = 0
    var words = session.waitForTimer()
    while words == ["look"] {
      looks += 1
      words = session.send(.looked(.success(SessionStatus("warming_up"))))
      if words == ["wait"] { words = session.waitForTimer() }
    }
    #expect(words == ["end", "blame p1:1", "fail 1 ERROR101"])
    #expect(session.now == .seconds(180))
    #expect(looks == 13)
  }

  @Test("a first look that lies behind the time-out is made at the time-out")
  func shortTimeout() {
    var policy = SessionPolicy()
    policy.timeoutSession = .seconds(20)
    var session = SessionDriver(policy: policy)
    session.assign(1)
    session.send(.opened(sessionID: "s-1"))
    #expect(session.wait == .seconds(20))
  }

  @Test("without an active proxy the missions fail with 501 and nobody is blamed")
  func noProxy() {
    var session = SessionDriver()
    session.assign(1)
    #expect(session.send(.noProxy) == ["fail 1 ERROR501", "close ERROR501"])
  }

  @Test("POST /session is sent again three times, each time through the next proxy, then counted as 100")
  func openAgain() {
    var session = SessionDriver()
    session.assign(1)
    for _ in 1...2 {
      #expect(session.send(.openFailed(.of(.again))) == ["wait"])
      #expect(session.waitForTimer() == ["open"])
    }
    #expect(session.send(.openFailed(.of(.again))) == ["end", "fail 1 ERROR100"], "no session failed")
  }

  @Test("an unreachable worker is tried three times, an unusable one once; both are set aside for the run")
  func setAside() {
    var session = SessionDriver(capacity: 2)
    session.assign(1, 2)
    for _ in 1...2 {
      #expect(session.send(.openFailed(.of(.unreachable))) == ["wait"])
      session.waitForTimer()
    }
    #expect(session.send(.openFailed(.of(.unreachable))) == ["lose 1,2", "gone"])
    #expect(!session.accepts)
    var refused = SessionDriver()
    refused.assign(1)
    #expect(refused.send(.openFailed(.of(.unavailable))) == ["lose 1", "gone"])
    #expect(!refused.accepts)
    var looking = SessionDriver()
    looking.assign(1)
    looking.send(.opened(sessionID: "s"), .timerFired)
    #expect(looking.send(.looked(.failure(.of(.unavailable)))) == ["lose 1", "gone"])
    #expect(!looking.accepts)
  }

  @Test(
    "a refusal of another kind is counted as 100",
    arguments: [SourceFailure.Kind.notFound, .unusable, .mismatch, .tooLarge])
  func refused(kind: SourceFailure.Kind) {
    var session = SessionDriver()
    session.assign(1)
    #expect(session.send(.openFailed(.of(kind))) == ["end", "fail 1 ERROR100"])
  }

  @Test("a refusal in which the worker names the proxy counts against it")
  func workerBlames() {
    var session = SessionDriver()
    session.assign(1)
    let failure = SourceFailure(.unusable, "worker-1 answered 422 to POST /session: proxy refused the login")
    #expect(session.send(.openFailed(failure)) == ["end", "blame p1:1", "fail 1 ERROR100"])
  }

  @Test("a worker that asks to come back later is not asked earlier; at the time-out it is 101, unasked")
  func busy() {
    var session = SessionDriver()
    session.assign(1)
    #expect(session.send(.openFailed(.of(.busy, retryAfter: .seconds(100)))) == ["wait"])
    #expect(session.wait! >= .seconds(100) && session.wait! < .seconds(101))
    #expect(session.waitForTimer() == ["open"])
    session.send(.openFailed(.of(.busy, retryAfter: .seconds(100))))
    #expect(session.waitForTimer() == ["fail 1 ERROR101"], "no session went through the proxy")
    #expect(session.now == .seconds(180))
    #expect(session.assign(2) == ["open"])
  }

  @Test("a look is sent again three times, then 100; one that is put off waits as asked; 404 is 103")
  func looks() {
    var session = SessionDriver()
    session.assign(1)
    session.send(.opened(sessionID: "s"), .timerFired)
    for _ in 1...2 {
      #expect(session.send(.looked(.failure(.of(.again)))) == ["wait"])
      #expect(session.waitForTimer() == ["look"])
    }
    session.send(.looked(.failure(.of(.busy, retryAfter: .seconds(20)))))
    #expect(session.wait! >= .seconds(20))
    session.waitForTimer()
    #expect(session.send(.looked(.failure(.of(.again)))) == ["end", "fail 1 ERROR100"])
    var unreachable = SessionDriver()
    unreachable.assign(1)
    unreachable.send(.opened(sessionID: "s"), .timerFired)
    for _ in 1...2 {
      unreachable.send(.looked(.failure(.of(.unreachable))))
      unreachable.waitForTimer()
    }
    #expect(unreachable.send(.looked(.failure(.of(.unreachable)))) == ["lose 1", "gone"])
    var gone = SessionDriver()
    gone.assign(1)
    gone.send(.opened(sessionID: "s"), .timerFired)
    #expect(gone.send(.looked(.failure(.of(.notFound)))) == ["end", "blame p1:1", "fail 1 ERROR103"])
  }

  @Test("a session is not opened again for a mission that does not wait any more")
  func nobodyWaits() {
    var session = SessionDriver()
    session.assign(1)
    session.send(.openFailed(.of(.again)), .missionLeft(SessionDriver.id(1)))
    #expect(session.waitForTimer().isEmpty)
    #expect(session.assign(2) == ["open"])
  }

  @Test("every status of the worker's API is read; all others are waited on")
  func statuses() {
    let known: [(String, SessionStatus)] = [
      ("initializing", .waiting("initializing", isKnown: true)),
      ("connecting", .waiting("connecting", isKnown: true)),
      ("authenticating", .waiting("authenticating", isKnown: true)),
      ("warming_up", .waiting("warming_up", isKnown: true)), ("ready", .ready), ("scraping", .scraping),
      ("stuck", .stuck), ("disconnected", .disconnected), ("terminated", .terminated),
      ("Ready", .waiting("Ready", isKnown: false)), ("", .waiting("", isKnown: false)),
    ]
    for (text, status) in known { #expect(SessionStatus(text) == status) }
  }
}
