import Glibc
import Threads

/// Ends everything that belongs to one start of a program: asks first, then makes it. One step is a look and what has to
/// be done; who has it takes steps until all is gone.
package struct ProgramEnder {
  /// Between two steps.
  package static let pace = Duration.milliseconds(50)

  /// How far the end of a program and of all that it started has come.
  package enum Progress: Equatable {
    case gone
    case going
    /// It lives on although nothing can: it waits inside the system.
    case stuck
  }

  private let markers: Set<String>
  private let program: pid_t?
  private let startedAfter: UInt64
  private let patience: Duration
  private var killAt: Moment?
  private var giveUpAt: Moment?
  /// Processes that show no environment, and since when.
  private var hidden: [Identity: Moment] = [:]
  /// What becomes another program shows none for a moment: who shows none for longer hides it.
  private static let becoming = Duration.milliseconds(200)

  private struct Identity: Hashable {
    let id: pid_t
    let startTime: UInt64
  }

  /// - Parameters:
  ///   - markers: each `NAME=value`, one of which is in the environment of what belongs to it.
  ///   - program: the process id of a program that this process started; nil for one of an earlier run.
  ///   - startedAfter: what began earlier does not belong to it.
  ///   - patience: between being asked and being made to end.
  package init(markers: Set<String>, program: pid_t? = nil, startedAfter: UInt64 = 0, patience: Duration) {
    self.markers = markers
    self.program = program
    self.startedAfter = startedAfter
    self.patience = patience
  }

  /// Signals what still lives, as far as it is time for it, and says whether more is to come.
  package mutating func step(_ table: ProcessTable, now: Moment) -> Progress {
    let all = table.all(markers: markers, startedAfter: startedAfter)
    let left = MarkedProcesses.choose(
      all, program: program, ourselves: getpid(), ourSession: getsid(0),
      others: StartedPrograms.others(than: program))
    guard !left.isEmpty else { return mayBecomeOne(of: all, now) ? .going : .gone }
    guard let killAt, let giveUpAt else {
      killAt = now + patience
      giveUpAt = now + patience + .seconds(10)
      for process in left { table.signal(process, patience == .zero ? SIGKILL : SIGTERM) }
      return .going
    }
    if now >= killAt {
      // All of its group at once, so that it starts nothing more between two looks. While it is there, so is its number.
      if let program, left.contains(where: { $0.id == program && $0.group == program }) {
        kill(-program, SIGKILL)
      }
      for process in left { table.signal(process, SIGKILL) }
    }
    return now >= giveUpAt ? .stuck : .going
  }

  /// Whether a process may turn out to carry a marker once it shows its environment again.
  private mutating func mayBecomeOne(of all: [ProcessFacts], _ now: Moment) -> Bool {
    let known = hidden
    hidden = [:]
    for process in all where process.showsNothing {
      let identity = Identity(id: process.id, startTime: process.startTime)
      hidden[identity] = known[identity] ?? now
    }
    return hidden.values.contains { now < $0 + Self.becoming }
  }
}
