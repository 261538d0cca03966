import Testing

@testable import MissionCore

@Suite("a worker that is of no use", .timeLimit(.minutes(5)))
struct WorkerLossTests {
  private static let toAnother = [
    "set worker-1 aside ERROR502", "release worker-1 unused", "write no job [SCRAPE_ERROR]", "commit queued",
  ]

  @Test("TLS, 401, 403 or a redirect: the worker is set aside, the mission goes to another, uncounted")
  func unavailable() {
    let events: [(Reach, MissionEvent)] = [
      (.starting, .startFailed(.of(.unavailable))),
      (.findingStart, .startFound(.failure(.of(.unavailable)))),
      (.looking, .jobLooked(.failure(.of(.unavailable)))),
    ]
    for (place, event) in events {
      var mission = MissionDriver.at(place)
      #expect(mission.send(event) == Self.toAnother, "\(place)")
      #expect(mission.text("error_code", of: .scrapeError) == "ERROR502")
      #expect(mission.send(.journaled) == ["leave to the queue"])
      #expect(mission.state.retryCount == 0)
    }
  }

  @Test(
    "refused or unresolvable: tried three times, then set aside",
    arguments: [Reach.starting, .findingStart, .looking])
  func unreachable(place: Reach) {
    var mission = MissionDriver.at(place)
    let event: MissionEvent
    switch place {
    case .starting: event = .startFailed(.of(.unreachable))
    case .findingStart: event = .startFound(.failure(.of(.unreachable)))
    default: event = .jobLooked(.failure(.of(.unreachable)))
    }
    for _ in 1...2 {
      #expect(mission.send(event) == ["wait"])
      mission.waitForTimer()
    }
    #expect(mission.send(event) == Self.toAnother)
  }

  @Test("final when no other worker is left; what was retried before does not change the code")
  func lastWorker() {
    for retryCount in 0...2 {
      var mission = MissionDriver.at(.looking, retryCount: retryCount)
      mission.context.hasOtherLane = false
      #expect(
        mission.send(.jobLooked(.failure(.of(.unavailable)))) == [
          "set worker-1 aside ERROR502", "release worker-1 unused",
          "commit FAILED ERROR502 [SCRAPE_ERROR FAILED]",
        ])
    }
  }

  @Test("a mission that only waited for its session goes to another worker when its own is lost")
  func lostWhileWaiting() {
    var mission = MissionDriver.at(.awaitingLane)
    #expect(
      mission.send(.laneLost("401")) == [
        "release worker-1 unused", "write no job [SCRAPE_ERROR]", "commit queued",
      ])
    mission = MissionDriver.at(.awaitingLane)
    mission.context.hasOtherLane = false
    #expect(mission.send(.laneLost("401")).last == "commit FAILED ERROR502 [SCRAPE_ERROR FAILED]")
  }

  @Test("cancelled by a person, a mission does not go to another worker")
  func cancelled() {
    var mission = MissionDriver.at(.looking)
    mission.send(.cancelRequested)
    #expect(
      mission.send(.jobLooked(.failure(.of(.unavailable)))) == [
        "set worker-1 aside ERROR502", "release worker-1 unused", "commit CANCELLED [CANCELLED]",
      ])
  }
}
