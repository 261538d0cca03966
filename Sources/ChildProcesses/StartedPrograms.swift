import Glibc
import Synchronization

/// The programs of this process that have not ended, whoever started them here.
package enum StartedPrograms {
  private static let all = Mutex<Set<pid_t>>([])

  static func add(_ process: pid_t) { all.withLock { _ = $0.insert(process) } }
  static func remove(_ process: pid_t) { all.withLock { _ = $0.remove(process) } }
  static func holds(_ process: pid_t) -> Bool { all.withLock { $0.contains(process) } }

  /// Without this one.
  package static func others(than process: pid_t?) -> Set<pid_t> {
    var others = all.withLock { $0 }
    if let process { others.remove(process) }
    return others
  }
}
