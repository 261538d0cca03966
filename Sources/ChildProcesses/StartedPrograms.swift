import Glibc
import Synchronization

/// The programs of this process that have not ended, whoever started them here.
package enum StartedPrograms {
  private struct State {
    var programs: Set<pid_t> = []
    /// Programs that run perhaps, and whose numbers nobody knows yet.
    var starting = 0
  }

  private static let all = Mutex(State())

  /// One is about to be started; `started` follows.
  static func starting() { all.withLock { $0.starting += 1 } }

  /// - Parameter process: nil when it could not be started.
  static func started(_ process: pid_t?) {
    all.withLock { state in
      state.starting -= 1
      if let process { state.programs.insert(process) }
    }
  }

  static func remove(_ process: pid_t) { all.withLock { _ = $0.programs.remove(process) } }
  static func holds(_ process: pid_t) -> Bool { all.withLock { $0.programs.contains(process) } }

  /// Without this one. Asked after a look at the machine's processes it has all of ours that were seen there; 0, which is
  /// no process, stands for those that are being started.
  package static func others(than process: pid_t?) -> Set<pid_t> {
    var (others, starting) = all.withLock { ($0.programs, $0.starting) }
    if let process { others.remove(process) }
    if starting > 0 { others.insert(0) }
    return others
  }
}
