import MissionCore

/// What a stop signal leads to, by what the run is at: events in, actions out.
///
/// The first asks for a stop, the second ends the process at once. Whatever hangs after the first (an output that
/// nobody reads, a dead disk), the process ends in time: what is journaled is journaled, and the next run goes on.
struct StopRules {
  /// A stop takes 5 s at most (SPEC 4); in these the run ends by itself, unless something hangs.
  static let stopLimit = Duration.milliseconds(4800)
  /// Where nothing has begun there is nothing to bring to a safe point; longer than the preparing thread is waited for,
  /// so that there is time for the words.
  static let leaveLimit = Duration.milliseconds(4000)

  enum Phase {
    /// Every step is a transaction that the next run finds done or not begun.
    case preparing
    case working
    /// The work is over, the report is being written.
    case concluding
    /// The process is about to end, without work.
    case leaving
  }

  enum Event: Equatable {
    case workBegins
    case workEnds
    /// The code is known that the run ends with.
    case decided(ExitCode)
    case signal(Int32)
    /// `--max-duration` is over.
    case timeIsUp
    /// The time that `endAfter` gave is over.
    case overdue
  }

  enum Action: Equatable {
    /// Say that nothing had begun, and end with 75.
    case leave
    /// Ask the engine to stop because of this signal.
    case stop(Int32)
    /// Ask the engine to finish what runs.
    case drain
    /// Let nobody wait for long any more.
    case hurry
    case endAfter(Duration)
    /// End the process at once.
    case end(Int32)
  }

  let drains: Bool
  private(set) var phase = Phase.preparing
  private var signals = 0
  private var code = ExitCode.stoppedEarly

  init(drains: Bool) { self.drains = drains }

  mutating func decide(_ event: Event) -> [Action] {
    switch event {
    case .workBegins:
      if phase == .preparing { phase = .working }
      return []
    case .workEnds:
      if phase != .leaving { phase = .concluding }
      return []
    case .decided(let code):
      self.code = code
      return []
    case .timeIsUp: return drains ? [] : [.hurry, .endAfter(Self.stopLimit)]
    case .overdue: return [.end(code.rawValue)]
    case .signal(let number):
      signals += 1
      return signals == 1 ? first(number) : [.end(128 + number)]
    }
  }

  private mutating func first(_ number: Int32) -> [Action] {
    switch phase {
    case .preparing, .leaving:
      phase = .leaving
      return [.leave, .endAfter(Self.leaveLimit)]
    case .working where drains: return [.drain]
    case .working: return [.stop(number), .hurry, .endAfter(Self.stopLimit)]
    case .concluding: return [.hurry, .endAfter(Self.stopLimit)]
    }
  }
}
