import ChildProcesses
import Threads

// Programs that outlived their run.
extension CommandSection {
  /// Asks all of them to end, and makes them after 2 s.
  package func endLeft(of tokens: [String]) -> Bool {
    let table = ProcessTable()
    var enders = tokens.map { ProgramEnder(marker: CommandSettings.mark($0), patience: .seconds(2)) }
    var areGone = true
    while !enders.isEmpty {
      enders = enders.compactMap { ender in
        var ender = ender
        switch ender.step(table, now: .now) {
        case .going: return ender
        case .gone: return nil
        case .stuck:
          areGone = false
          return nil
        }
      }
      if !enders.isEmpty { Moment.sleep(for: ProgramEnder.pace) }
    }
    return areGone
  }
}
