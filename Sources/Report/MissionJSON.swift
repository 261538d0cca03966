import JSONStream
import MissionCore

/// A mission as JSON (SPEC 4): the one place that knows its shape, for `list`, `show` and the results file.
public enum MissionJSON {
  /// Writes one object. Absent values are `null`, times RFC 3339 in UTC.
  /// - Parameter extra: writes more keys at the object's end.
  public static func write(
    _ mission: MissionRecord, to json: inout JSONWriter, extra: (inout JSONWriter) -> Void = { _ in }
  ) {
    json.beginObject()
    writeParameters(mission, to: &json)
    writeState(mission, to: &json)
    writeTimes(mission, to: &json)
    writeBytes(mission, to: &json)
    extra(&json)
    json.endObject()
  }

  /// `{scrape, db, s3}`: seconds of the last successful attempt at each checkpoint.
  public static func writeDurations(_ mission: MissionRecord, to json: inout JSONWriter) {
    json.beginObject()
    json.key("scrape")
    json.value(mission.scrapeSeconds)
    json.key("db")
    json.value(mission.dbSeconds)
    json.key("s3")
    json.value(mission.s3Seconds)
    json.endObject()
  }

  private static func writeParameters(_ mission: MissionRecord, to json: inout JSONWriter) {
    json.key("id")
    json.value(mission.id.description)
    json.key("source")
    json.value(mission.parameters.source)
    json.key("date_start")
    json.value(mission.parameters.dateStart.description)
    json.key("date_end")
    json.value(mission.parameters.dateEnd.description)
    json.key("media_type")
    json.value(mission.parameters.mediaType?.rawValue)
    json.key("languages")
    json.beginArray()
    for language in mission.parameters.languages { json.value(language) }
    json.endArray()
  }

  private static func writeState(_ mission: MissionRecord, to json: inout JSONWriter) {
    json.key("status")
    json.value(mission.status.rawValue)
    json.key("checkpoint")
    json.value(mission.checkpoint.rawValue)
    json.key("checkpoints")
    json.beginObject()
    json.key("scrape")
    json.value(mission.mark(of: .scrape).rawValue)
    json.key("db")
    json.value(mission.mark(of: .db).rawValue)
    json.key("s3")
    json.value(mission.mark(of: .s3).rawValue)
    json.endObject()
    json.key("ads_count")
    json.value(mission.adsCount)
    json.key("error_code")
    json.value(mission.errorCode?.rawValue)
    json.key("error_cause")
    json.value(mission.errorCause?.rawValue)
    json.key("error_message")
    json.value(mission.errorMessage.map(ForeignWords.plain))
    json.key("worker")
    json.value(mission.worker)
    json.key("job_id")
    json.value(mission.jobID)
    json.key("proxy")
    json.value(mission.proxy)
    json.key("retry_count")
    json.value(mission.retryCount)
  }

  private static func writeTimes(_ mission: MissionRecord, to json: inout JSONWriter) {
    json.key("created_at")
    json.value(mission.createdAt.description)
    json.key("queued_at")
    json.value(mission.queuedAt?.description)
    json.key("started_at")
    json.value(mission.startedAt?.description)
    json.key("finished_at")
    json.value(mission.finishedAt?.description)
  }

  private static func writeBytes(_ mission: MissionRecord, to json: inout JSONWriter) {
    json.key("size")
    json.value(mission.size)
    json.key("sha256")
    json.value(mission.sha256)
    json.key("s3_key")
    json.value(mission.s3Key)
    json.key("s3_etag")
    json.value(mission.s3ETag)
    json.key("s3_sha256")
    json.value(mission.s3SHA256)
    json.key("parameters")
    mission.parameters.values.write(to: &json)
  }
}
