import JSONStream

extension Notice {
  /// The body of a webhook: `text`, which chat services take, and the facts beside it for programs. Absent facts are
  /// null, never left out.
  func json(onlyText: Bool) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("text")
    json.value(text)
    if !onlyText { writeFacts(&json) }
    json.endObject()
    return json.drain()
  }

  private func writeFacts(_ json: inout JSONWriter) {
    json.key("schema_version")
    json.value(1)
    let texts = [
      ("event", event.rawValue), ("subject", subject), ("host", host), ("run_id", runID),
      ("started_at", startedAt), ("finished_at", finishedAt),
    ]
    for (name, text) in texts {
      json.key(name)
      json.value(text)
    }
    json.key("exit_code")
    json.value(exitCode)
    json.key("counts")
    writeCounts(&json)
    json.key("ads")
    json.value(ads)
    json.key("bytes")
    json.value(bytes)
    json.key("seconds")
    json.value(seconds)
    json.key("failures")
    json.beginArray()
    for failure in failures {
      json.beginObject()
      json.key("code")
      json.value(failure.code)
      json.key("count")
      json.value(failure.count)
      json.endObject()
    }
    json.endArray()
  }

  private func writeCounts(_ json: inout JSONWriter) {
    guard !counts.isEmpty else { return json.null() }
    json.beginObject()
    for (name, count) in counts {
      json.key(name)
      json.value(count)
    }
    json.endObject()
  }
}
