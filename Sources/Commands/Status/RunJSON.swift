import JSONStream
import MissionCore

/// A run as `status` and `runs` show it.
enum RunJSON {
  /// - Parameter isLive: its process still lives.
  static func write(_ run: RunRecord, isLive: Bool, to json: inout JSONWriter) {
    let ended = run.endedAt(isLive: isLive)
    json.beginObject()
    json.key("run_id")
    json.value(run.id)
    json.key("started_at")
    json.value(run.startedAt.description)
    json.key("finished_at")
    json.value(ended?.description)
    json.key("seconds")
    json.value(ended?.seconds(since: run.startedAt))
    json.key("exit_code")
    json.value(run.exitCode)
    json.key("ended")
    json.value(run.end(isLive: isLive)?.rawValue)
    let counts = [
      ("selected", run.counts.selected), ("done", run.counts.done), ("failed", run.counts.failed),
      ("left", run.counts.left),
    ]
    for (name, count) in counts {
      json.key(name)
      json.value(count)
    }
    json.endObject()
  }
}
