@testable import MissionCore

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

  init(capacity: Int = 1, policy: RunPolicy = RunPolicy(), inherited: (served: Int, isTainted: Bool)? = nil) {
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
  mutating func send(_ events: SessionMachine.Event...) -> [String] {
    var words: [String] = []
    for event in events {
      let actions = machine.handle(event, &state, now: now, wall: Sample.moment, random: &random)
      wait = nil
      for case .setTimer(let duration) in actions { wait = duration }
      words = actions.map(\.words)
      if !tellsWatch, state.phase == .ready || state.phase == .inherited, words.last == "wait" {
        words.removeLast()
      }
      for case .open in actions { state.open(through: "p1:1") }
      for case .grant in actions {
        _ = machine.handle(.missionServed, &state, now: now, wall: Sample.moment, random: &random)
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
  static func ready(capacity: Int = 1, policy: RunPolicy = RunPolicy(), serving missions: Int...)
    -> SessionDriver
  {
    var driver = SessionDriver(capacity: capacity, policy: policy)
    for mission in missions { driver.assign(mission) }
    driver.send(.opened(sessionID: "s-1"), .timerFired, .looked(.success(.ready)))
    return driver
  }

  static func id(_ number: Int) -> MissionID { MissionID(high: 0, low: UInt64(number)) }
}
