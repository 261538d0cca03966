import MissionCore
import Ports

@testable import WorkerSource

/// Drives one worker's session through its machine: events in, words for the actions out.
///
/// Missions are numbers; a granted one announces its request at once, as the engine's missions do.
struct SessionDriver {
  let machine: SessionMachine
  var state: SessionState
  var now: Duration = .zero
  var random = SeededRandom(seed: 1)
  private(set) var wait: Duration?
  /// Whether the timer of the looks at a session in use is told; most tests are not about it.
  var tellsWatch = false

  init(
    capacity: Int = 1, policy: SessionPolicy = SessionPolicy(),
    inherited: (served: Int, isTainted: Bool)? = nil
  ) {
    machine = SessionMachine(policy: policy)
    if let inherited {
      state = SessionState(
        worker: "worker-1", capacity: capacity, sessionID: "old", proxy: "p0:1", served: inherited.served,
        isTainted: inherited.isTainted)
    } else {
      state = SessionState(worker: "worker-1", capacity: capacity)
    }
  }

  var accepts: Bool { machine.accepts(state) }

  @discardableResult
  mutating func send(_ events: LaneEvent...) -> [String] {
    var words: [String] = []
    for event in events {
      let actions = machine.handle(
        event, &state, now: now, wall: Timestamp(milliseconds: 1_700_000_000_000), random: &random)
      wait = nil
      for case .lane(.setTimer(let duration)) in actions { wait = duration }
      words = actions.map(\.words)
      if !tellsWatch, state.phase == .ready || state.phase == .inherited, words.last == "wait" {
        words.removeLast()
      }
      for case .open in actions { state.open(through: "p1:1") }
      for case .lane(.grant) in actions {
        _ = machine.handle(
          .missionStarts, &state, now: now, wall: Timestamp(milliseconds: 1_700_000_000_000), random: &random)
      }
    }
    return words
  }

  @discardableResult
  mutating func assign(_ missions: Int...) -> [String] {
    var words: [String] = []
    for mission in missions { words = send(.missionAssigned(Self.id(mission))) }
    return words
  }

  @discardableResult
  mutating func waitForTimer() -> [String] {
    now += wait ?? .zero
    return send(.timerFired)
  }

  /// A session that is ready and serves these missions.
  static func ready(capacity: Int = 1, policy: SessionPolicy = SessionPolicy(), serving missions: Int...)
    -> SessionDriver
  {
    var driver = SessionDriver(capacity: capacity, policy: policy)
    for mission in missions { driver.assign(mission) }
    driver.send(.opened(sessionID: "s-1"), .timerFired, .looked(.success(.ready)))
    return driver
  }

  static func id(_ number: Int) -> MissionID { MissionID(high: 0, low: UInt64(number)) }
}

extension LaneEvent {
  static func opened(sessionID: String) -> LaneEvent { .answered(SessionAnswer.opened(sessionID: sessionID)) }
  static func openFailed(_ failure: SourceFailure) -> LaneEvent {
    .answered(SessionAnswer.openFailed(failure))
  }
  static func looked(_ outcome: Result<SessionStatus, SourceFailure>) -> LaneEvent {
    .answered(SessionAnswer.looked(outcome))
  }
  static var noProxy: LaneEvent { .answered(SessionAnswer.noProxy) }
  static var ended: LaneEvent { .answered(SessionAnswer.ended) }
}

extension LaneVerdict {
  static let jobFailed = LaneVerdict.failed(Failure(.jobFailed, "no"))
  static let sessionFailed = LaneVerdict.failed(Failure(.sessionStuck, "session stuck"))
}

extension SourceFailure.Kind {
  static let all: [SourceFailure.Kind] = [
    .unavailable, .unreachable, .notFound, .busy, .again, .unusable, .refused, .mismatch, .tooLarge,
    .spoolFull,
    .diskFails,
  ]
}

extension SourceFailure {
  static func of(_ kind: Kind, retryAfter: Duration? = nil) -> SourceFailure {
    SourceFailure(kind, "\(kind) of worker-1", retryAfter: retryAfter)
  }
}
