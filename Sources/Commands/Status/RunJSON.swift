import JSONStream
import Journal
import MissionCore

/// A run as `status` and `runs` show it.
enum RunJSON {
  /// - Parameters:
  ///   - isLive: its process still lives.
  ///   - made: of the slots of schedules; nil leaves the member out.
  static func write(
    _ run: RunRecord, isLive: Bool, made: [(schedule: String, made: MadeSlots)]? = nil,
    to json: inout JSONWriter
  ) {
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
    json.beginObject()
    json.add(members)
    if let made { json.add(["made": made.map { Self.slots(of: $0.schedule, $0.made) }]) }
    json.endObject()
  }

  private static func slots(of schedule: String, _ made: MadeSlots) -> JSONMembers {
    [
      "schedule": schedule, "slots": made.slots, "missions": made.missions, "first": made.first,
      "last": made.last,
    ]
  }
}
