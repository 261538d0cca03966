import JSONStream
import MissionCore

/// `{total, pending, queued, running, done, failed, cancelled}`, as `list` and `status` show it.
enum StatusCountsJSON {
  static func write(_ counts: StatusCounts, to json: inout JSONWriter) {
    json.beginObject()
    json.key("total")
    json.value(counts.total)
    for status in MissionStatus.allCases {
      json.key(status.rawValue.lowercased())
      json.value(counts[status])
    }
    json.endObject()
  }
}
