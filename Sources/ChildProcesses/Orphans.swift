import CProcessStart
import Glibc

/// Processes that programs left behind: as long as this process lives, it is their parent.
package struct Orphans: Sendable {
  private let table: ProcessTable
  /// Whether they come to this process.
  private let areAdopted: Bool

  /// From now on orphans of every program come to this process, where the system can do that.
  package init(_ table: ProcessTable = ProcessTable()) {
    self.table = table
    areAdopted = mc_adopt_orphans() == 0
  }

  /// Whether any is there, of whichever program; nil when that cannot be told. Those that have ended are taken away.
  ///
  /// Programs have sessions of their own, so that what others start from this process is not taken for one.
  package func areThere() -> Bool? {
    guard areAdopted, let children = table.children(of: getpid()) else { return nil }
    let own = getsid(0)
    var areThere = false
    for child in children where !StartedPrograms.holds(child) {
      guard let facts = table.process(child), facts.session != own else { continue }
      if facts.isEnded {
        waitpid(child, nil, WNOHANG)
      } else {
        areThere = true
      }
    }
    return areThere
  }
}
