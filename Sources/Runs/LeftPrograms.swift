import Kinds
import MissionCore
import Ports

/// What still runs on this machine of missions whose run is gone: programs that outlived a `kill -9`.
package enum LeftPrograms {
  /// Ends it, before anything of these missions is done or forgotten. The caller holds the journal, so that no run is on.
  ///
  /// Every kind is asked for all of them: their source may not be configured any more, or be of another kind now.
  ///
  /// - Parameter warn: is told what does not end.
  package static func end(of missions: [MissionRecord], warn: (Message) -> Void) {
    let left = missions.filter(\.mayHaveJob)
    guard !left.isEmpty else { return }
    let tokens = Set(left.map { MissionStart.token($0.startToken) })
    for kind in Kinds.sources where !kind.endLeft(of: tokens) {
      let sources = Set(left.map(\.parameters.source)).sorted().joined(separator: ", ")
      warn("\(sources): a program of an earlier start does not end, not even by SIGKILL")
    }
  }
}

extension MissionRecord {
  /// Something of its latest start may be under way.
  fileprivate var mayHaveJob: Bool {
    !status.isFinished && checkpoint == .scrape && (jobID != nil || hasUnansweredStart)
  }
}
