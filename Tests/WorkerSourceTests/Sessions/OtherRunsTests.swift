import MissionCore
import Ports
import Testing

@testable import WorkerSource

@Suite("A session of another run is never fought over", .timeLimit(.minutes(5)))
struct OtherRunsTests {
  private var policy: SessionPolicy {
    var policy = SessionPolicy()
    policy.leavesOthers = true
    return policy
  }

  private func ready(serving missions: Int..., capacity: Int = 1) -> SessionDriver {
    var driver = SessionDriver(capacity: capacity, policy: policy)
    for mission in missions { driver.assign(mission) }
    driver.send(.opened(sessionID: "s-1"), .timerFired, .looked(.success(.ready)))
    return driver
  }

  private let opening = SessionStatus.waiting("initializing", isKnown: true)

  @Test("a job that ended badly leads to a look before anything is ended; an idle session is ended as ever")
  func ours() {
    for status: SessionStatus in [
      .ready, .stuck, .disconnected, .terminated, .waiting("odd", isKnown: false),
    ] {
      var driver = ready(serving: 1)
      #expect(driver.send(.missionReleased(.jobFailed)).last == "look")
      #expect(driver.send(.looked(.success(status))) == ["end"], "\(status)")
      #expect(driver.send(.ended).contains("gone"))
    }
    var unreachable = ready(serving: 1)
    unreachable.send(.missionReleased(.lost))
    #expect(unreachable.send(.looked(.failure(.of(.unreachable)))) == ["end"])
  }

  @Test(
    "a session that runs a job none of ours, or is being opened by somebody, is left, and its worker set aside",
    arguments: [
      [SessionStatus.scraping, .scraping], [.scraping, .waiting("initializing", isKnown: true)],
      [.waiting("initializing", isKnown: true), .waiting("warming_up", isKnown: true)],
      [.waiting("initializing", isKnown: true), .ready], [.waiting("connecting", isKnown: true), .scraping],
    ])
  func foreign(looks: [SessionStatus]) {
    var driver = ready(serving: 1)
    driver.send(.missionReleased(.jobFailed))
    driver.assign(2)
    #expect(driver.send(.looked(.success(looks[0]))) == ["wait"])
    #expect(driver.wait == policy.sessionInterval)
    #expect(driver.waitForTimer() == ["look"])
    let words = driver.send(.looked(.success(looks[1])))
    #expect(!words.contains("end") && words.contains { $0.hasPrefix("lose") }, "\(words)")
    #expect(driver.state.isSetAside && !driver.accepts)
    #expect(driver.state.sessionID == "", "the next run does not take it for its own")
  }

  @Test("once is not enough: a worker may be slow to say that our own job has ended")
  func slow() {
    var driver = ready(serving: 1)
    driver.send(.missionReleased(.jobFailed), .looked(.success(.scraping)))
    driver.waitForTimer()
    #expect(driver.send(.looked(.success(.ready))) == ["end"])
  }

  @Test("what this run has ended itself, or may still run, says nothing of others")
  func ownDoing() {
    let verdicts: [LaneVerdict] = [
      .failed(Failure(.jobNotFinishedInTime, "late")), .abandoned, .sessionFailed,
      .failed(Failure(.jobFailed, "no", mayHaveUnknownJob: true)), .failed(Failure(.scrapeOther, "odd")),
    ]
    for verdict in verdicts {
      var driver = ready(serving: 1)
      #expect(driver.send(.missionReleased(verdict)).last == "end", "\(verdict)")
    }
  }

  @Test("while other jobs of ours run nobody asks; the last one's end does")
  func shared() {
    var driver = ready(serving: 1, 2, capacity: 2)
    #expect(!driver.send(.missionReleased(.jobFailed)).contains("look"))
    #expect(driver.send(.missionReleased(.good)).last == "look")
  }

  @Test("a session that was just opened and runs a job is another run's, when it does so twice")
  func opened() {
    var driver = SessionDriver(policy: policy)
    driver.assign(1)
    driver.send(.opened(sessionID: "s-1"), .timerFired)
    #expect(driver.send(.looked(.success(.scraping))) == ["wait"])
    driver.waitForTimer()
    let words = driver.send(.looked(.success(.scraping)))
    #expect(!words.contains("end") && driver.state.isSetAside, "\(words)")
  }

  @Test("a new session begins without suspicion")
  func anew() {
    var driver = ready(serving: 1)
    driver.send(.missionReleased(.jobFailed), .looked(.success(.ready)), .ended)
    driver.assign(2)
    driver.send(.opened(sessionID: "s-2"), .timerFired, .looked(.success(.ready)))
    #expect(driver.send(.missionReleased(.sessionFailed)).last == "end")
  }
}
