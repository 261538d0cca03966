import JSONStream
import MissionCore

/// A run as `status` and `runs` show it.
enum RunJSON {
  /// - Parameter isLive: its process still lives.
  static func write(_ run: RunRecord, isLive: Bool, to json: inout JSONWriter) {
    let ended = run.endedAt(isLive: isLive)
    let members: JSONMembers = [
      "run_id": run.id,
      "started_at": run.startedAt.description,
      "finished_at": ended?.description,
      "seconds": ended?.seconds(since: run.startedAt),
      "exit_code": run.exitCode,
      "ended": run.end(isLive: isLive)?.rawValue,
      "selected": run.counts.selected,
      "done": run.counts.done,
      "failed": run.counts.failed,
      "left": run.counts.left,
    ]
    members.writeJSON(to: &json)
  }
}
