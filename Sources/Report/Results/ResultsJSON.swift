import JSONStream
import MissionCore

/// The members of the results file around its missions and in them: the one place that knows its shape.
/// `StoredReport` reads it again.
enum ResultsJSON {
  /// Up to the bracket that opens the missions.
  static func begin(_ summary: RunSummary, _ json: inout JSONWriter) {
    head(summary, &json)
    json.key("missions")
    json.beginArray()
  }

  static func head(_ summary: RunSummary, _ json: inout JSONWriter) {
    let run = summary.run
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("run_id")
    json.value(run.id)
    json.key("started_at")
    json.value(run.startedAt.description)
    json.key("finished_at")
    json.value(run.finishedAt?.description)
    json.key("exit_code")
    json.value(summary.exitCode)
    json.key("ended")
    json.value(summary.end?.rawValue)
    json.key("resumable")
    json.value(run.counts.left > 0)
    json.key("counts")
    counts(run.counts, &json)
    json.key("ads")
    json.value(run.counts.ads)
  }

  static func add(_ mission: MissionRecord, _ json: inout JSONWriter) {
    MissionJSON.write(mission, to: &json) { json in
      json.key("attempts")
      json.value(mission.attempts)
      json.key("durations")
      MissionJSON.writeDurations(mission, to: &json)
    }
  }

  /// Gives what is written and not drained yet, to the final newline behind the missions.
  static func end(_ summary: RunSummary, _ json: inout JSONWriter) -> [UInt8] {
    json.endArray()
    json.key("missions_omitted")
    json.value(summary.omitted)
    json.key("summary")
    self.summary(summary, &json)
    json.endObject()
    return json.drain() + [UInt8(ascii: "\n")]
  }

  private static func counts(_ counts: RunCounts, _ json: inout JSONWriter) {
    json.beginObject()
    let pairs = [
      ("selected", counts.selected), ("done", counts.done), ("failed", counts.failed),
      ("cancelled", counts.cancelled), ("left", counts.left), ("skipped", counts.skipped),
      ("rejected_rows", counts.rejectedRows), ("failed_earlier", counts.failedEarlier),
    ]
    for (name, count) in pairs {
      json.key(name)
      json.value(count)
    }
    json.endObject()
  }

  private static func summary(_ summary: RunSummary, _ json: inout JSONWriter) {
    json.beginObject()
    json.key("seconds")
    json.value(summary.wallSeconds)
    json.key("bytes")
    json.value(summary.bytes)
    json.key("duplicates")
    json.value(summary.inputs.duplicates)
    json.key("input_errors")
    json.value(summary.inputs.count)
    json.key("input_error_lines")
    json.beginArray()
    for line in summary.inputs.lines { json.value(UntrustedText.clean(line, limit: 400)) }
    json.endArray()
    summary.advice?.write(to: &json)
    list("checkpoints", summary.checkpoints, &json) { times, json in
      json.key("checkpoint")
      json.value(times.checkpoint.rawValue)
      json.key("p50_seconds")
      json.value(times.p50Seconds)
      json.key("p95_seconds")
      json.value(times.p95Seconds)
    }
    list("workers", summary.workers, &json, share)
    list("proxies", summary.proxies, &json, share)
    list("failures", summary.failures, &json) { group, json in
      json.key("code")
      json.value(group.code.rawValue)
      json.key("count")
      json.value(group.count)
      json.key("example")
      json.value(group.example.description)
      json.key("cause")
      json.value(group.cause?.rawValue)
      json.key("message")
      json.value(group.message)
      json.key("is_whole_code")
      json.value(group.isWholeCode)
    }
    json.endObject()
  }

  private static func share(_ share: RunSummary.Share, _ json: inout JSONWriter) {
    json.key("name")
    json.value(share.name)
    json.key("done")
    json.value(share.done)
    json.key("failed")
    json.value(share.failed)
    json.key("ads")
    json.value(share.ads)
    json.key("bytes")
    json.value(share.bytes)
  }

  private static func list<Element>(
    _ name: String, _ elements: [Element], _ json: inout JSONWriter,
    _ write: (Element, inout JSONWriter) -> Void
  ) {
    json.key(name)
    json.beginArray()
    for element in elements {
      json.beginObject()
      write(element, &json)
      json.endObject()
    }
    json.endArray()
  }
}
