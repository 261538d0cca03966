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

  package mutating func step(_ table: ProcessTable, now: Moment) -> Progress {
    let all = table.all(markers: markers, startedAfter: startedAfter)
    let left = MarkedProcesses.choose(
      all, program: program, ourselves: getpid(), ourSession: getsid(0),
      others: StartedPrograms.others(than: program))
    guard !left.isEmpty else { return .gone }
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
}
