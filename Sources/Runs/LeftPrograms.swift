import Configuration
import Kind
import MissionCore
import Ports

/// What still runs on this machine of missions whose run is gone: programs that outlived a `kill -9`.
package enum LeftPrograms {
  /// Ends it, before anything of these missions is done or forgotten. The caller holds the journal, so that no run is on.
  ///
  /// - Parameter warn: is told what does not end.
  package static func end(
    of missions: [MissionRecord], _ configuration: Configuration, warn: (String) -> Void
  ) {
    for source in configuration.sources ?? [] {
      let tokens = missions.filter { $0.parameters.source == source.name && $0.mayHaveJob }
        .map { MissionStart.token($0.startToken) }
      if tokens.isEmpty || source.value.endLeft(of: tokens) { continue }
      warn("\(source.name): a program of an earlier start does not end, not even by SIGKILL")
    }
  }
}

extension MissionRecord {
  /// Something of its latest start may be under way.
  fileprivate var mayHaveJob: Bool {
    !status.isFinished && checkpoint == .scrape && (jobID != nil || hasUnansweredStart)
  }
}
