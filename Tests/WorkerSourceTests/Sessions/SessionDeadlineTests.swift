import MissionCore
import Ports
import Testing

@testable import WorkerSource

@Suite(
  "the deadline of a session is judged only by the answer to a look sent at or after it",
  .timeLimit(.minutes(5)))
struct SessionDeadlineTests {
  @Test("a session that became ready in time and is looked at late is used")
  func session() {
    var driver = SessionDriver()
    driver.assign(1)
    driver.send(.opened(sessionID: "s-1"))
    driver.now += .seconds(90_000)
    #expect(driver.send(.timerFired) == ["look"])
    #expect(driver.send(.looked(.success(.ready))) == ["grant 1"])
  }

  @Test("one that is not ready at that look has failed, not one whose answer only came late")
  func sessionNotReady() {
    let waiting = LaneEvent.looked(.success(.waiting("warming_up", isKnown: true)))
    var driver = SessionDriver()
    driver.assign(1)
    driver.send(.opened(sessionID: "s-1"), .timerFired)
    driver.now += .seconds(90_000)
    #expect(driver.send(waiting) == ["wait"])
    #expect(driver.waitForTimer() == ["look"])
    #expect(driver.send(waiting).contains("fail 1 ERROR101"))
  }

  @Test("a last look at a session that fails is sent again")
  func sessionLookFails() {
    for kind in [SourceFailure.Kind.again, .busy] {
      var driver = SessionDriver()
      driver.assign(1)
      driver.send(.opened(sessionID: "s-1"))
      driver.now += .seconds(90_000)
      driver.send(.timerFired)
      #expect(driver.send(.looked(.failure(.of(kind)))) == ["wait"])
      #expect(driver.waitForTimer() == ["look"])
      #expect(driver.send(.looked(.success(.ready))) == ["grant 1"])
    }
  }

  @Test("POST /session that was put off is sent when the wait is over, however late that is seen")
  func lateOpen() {
    var driver = SessionDriver()
    driver.assign(1)
    driver.send(.openFailed(.of(.busy, retryAfter: .seconds(5))))
    driver.now += .seconds(90_000)
    #expect(driver.send(.timerFired) == ["open"])
    #expect(driver.send(.openFailed(.of(.busy))).contains("fail 1 ERROR101"))
  }
}
