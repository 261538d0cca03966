import JSONStream
import MissionCore
import Report

extension StatusSnapshot {
  /// One JSON object (SPEC 4) and a newline.
  var json: String {
    var json = JSONWriter(reservingCapacity: 4096)
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("is_running")
    json.value(run != nil)
    json.key("run_id")
    json.value(run?.id)
    json.key("workers")
    json.beginArray()
    for worker in workers { write(worker, to: &json) }
    json.endArray()
    json.key("queue")
    json.beginObject()
    json.key("total")
    json.value(counts.queued)
    json.endObject()
    json.key("counts")
    StatusCountsJSON.write(counts, to: &json)
    json.key("today")
    json.beginObject()
    json.key("done")
    json.value(today.done)
    json.key("failed")
    json.value(today.failed)
    json.endObject()
    json.key("rate_per_second")
    json.value(ratePerSecond)
    json.key("eta_seconds")
    json.value(secondsLeft)
    json.add(["backfill": ["done": counts.done, "total": counts.total] as JSONMembers])
    json.add([
      "sessions": sessions.map { session in
        [
          "worker": session.worker, "session_id": session.sessionID, "proxy": session.proxy,
          "served": session.served, "opened_at": session.openedAt.description,
        ] as JSONMembers
      }
    ])
    json.key("proxies")
    json.beginArray()
    for proxy in proxies { proxy.write(to: &json) }
    json.endArray()
    json.key("last_run")
    if let lastRun { RunJSON.write(lastRun, isLive: false, to: &json) } else { json.null() }
    json.endObject()
    return json.text + "\n"
  }

  private func write(_ worker: Worker, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.value(worker.name)
    json.key("status")
    json.value(worker.missions.isEmpty ? "idle" : "running")
    json.key("missions")
    json.beginArray()
    for mission in worker.missions { MissionJSON.write(mission, to: &json) }
    json.endArray()
    json.add([
      "at_once": worker.limit.map {
        ["limit": $0.limit, "capacity": $0.capacity, "reason": $0.reason.words.plain] as JSONMembers
      }
    ])
    json.endObject()
  }
}
