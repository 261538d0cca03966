import CProcessStart
import Files
import Glibc

/// Processes that programs left behind: as long as this process lives, it is their parent.
///
/// The system gives them to the first thread of a process that lives, which is the main one: it lives as long as the
/// process. Its list of children is the shortest that tells, for what other threads start is in lists of their own.
package final class Orphans: Sendable {
  private let table: ProcessTable
  /// The main thread's children, as they are whenever it is read; -1 where orphans do not come to this process, or the
  /// system does not tell.
  private let children: Int32

  /// From now on orphans of every program come to this process, where the system can do that.
  package init(_ table: ProcessTable = ProcessTable()) {
    self.table = table
    let areAdopted = mc_adopt_orphans() == 0
    children = areAdopted ? open("/proc/self/task/\(getpid())/children", O_RDONLY | O_CLOEXEC) : -1
  }

  deinit { if children >= 0 { close(children) } }

  /// Whether any is there, of whichever program; nil when that cannot be told. Those that have ended are taken away.
  ///
  /// Programs have sessions of their own, so that what others start from this process is not taken for one.
  package func areThere() -> Bool? {
    guard let children = listed() else { return nil }
    guard !children.isEmpty else { return false }
    let own = getsid(0)
    var areThere = false
    for child in children where !StartedPrograms.holds(child) {
      guard let facts = table.process(child), facts.parent == getpid(), facts.session != own else { continue }
      if facts.isEnded {
        waitpid(child, nil, WNOHANG)
      } else {
        areThere = true
      }
    }
    return areThere
  }

  /// Nil when it cannot be read.
  private func listed() -> [pid_t]? {
    guard children >= 0 else { return nil }
    var text: [UInt8] = []
    while true {
      let count = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { piece in
        let count = pread(children, piece.baseAddress, piece.count, off_t(text.count))
        if count > 0 { text += piece[..<count] }
        return count
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
    }
    return text.split(separator: UInt8(ascii: " ")).compactMap { pid_t(String(decoding: $0, as: UTF8.self)) }
  }
}
