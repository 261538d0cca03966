import ChildProcesses
import Threads

// Programs that outlived their run.
extension CommandSection {
  /// Asks all of them to end, and makes them after 2 s.
  package static func endLeft(of tokens: Set<String>) -> Bool {
    let table = ProcessTable()
    var ender = ProgramEnder(markers: Set(tokens.map(CommandSettings.mark)), patience: .seconds(2))
    while true {
      switch ender.step(table, now: .now) {
      case .going: Moment.sleep(for: ProgramEnder.pace)
      case .gone: return true
      case .stuck: return false
      }
    }
  }
}
