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
    json.add([
      "schema_version": 1,
      "event": event.rawValue,
      "subject": subject,
      "host": host,
      "run_id": runID,
      "started_at": startedAt,
      "finished_at": finishedAt,
      "exit_code": exitCode,
      "counts": counts.isEmpty ? JSONMembers?.none : JSONMembers(counts),
      "ads": ads,
      "bytes": bytes,
      "seconds": seconds,
      "failures": failures.map { ["code": $0.code, "count": $0.count] as JSONMembers },
    ])
  }
}
