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
    json.add(members(mission))
    extra(&json)
    json.endObject()
  }

  private static func members(_ mission: MissionRecord) -> JSONMembers {
    let parameters = mission.parameters
    return [
      "id": mission.id.description,
      "source": parameters.source,
      "date_start": parameters.dateStart.description,
      "date_end": parameters.dateEnd.description,
      "media_type": parameters.mediaType?.rawValue,
      "languages": parameters.languages,
      "status": mission.status.rawValue,
      "checkpoint": mission.checkpoint.rawValue,
      "checkpoints": marks(mission),
      "ads_count": mission.adsCount,
      "error_code": mission.errorCode?.rawValue,
      "error_cause": mission.errorCause?.rawValue,
      "error_message": mission.errorMessage?.plain,
      "worker": mission.worker,
      "job_id": mission.jobID,
      "proxy": mission.proxy,
      "retry_count": mission.retryCount,
      "created_at": mission.createdAt.description,
      "queued_at": mission.queuedAt?.description,
      "started_at": mission.startedAt?.description,
      "finished_at": mission.finishedAt?.description,
      "size": mission.size,
      "sha256": mission.sha256,
      "s3_key": mission.s3Key,
      "s3_etag": mission.s3ETag,
      "s3_sha256": mission.s3SHA256,
      "phase": mission.phase?.rawValue,
      "parameters": parameters.values,
      "suspicious": mission.suspicion,
      "kept_files": mission.keptFiles.map { KeptFileJSON(file: $0, mission: mission) },
    ]
  }

  private static func marks(_ mission: MissionRecord) -> JSONMembers {
    [
      "scrape": mission.mark(of: .scrape).rawValue,
      "db": mission.mark(of: .db).rawValue,
      "s3": mission.mark(of: .s3).rawValue,
    ]
  }

  /// `{scrape, db, s3}`: seconds of the last successful attempt at each checkpoint.
  static func durations(_ mission: MissionRecord) -> JSONMembers {
    ["scrape": mission.scrapeSeconds, "db": mission.dbSeconds, "s3": mission.s3Seconds]
  }
}

/// `{name, size, sha256, key}`; the key is null until the mission's objects are written.
private struct KeptFileJSON: JSONWritable {
  let file: KeptFile
  let mission: MissionRecord

  func writeJSON(to json: inout JSONWriter) {
    let members: JSONMembers = [
      "name": file.name, "size": file.size, "sha256": file.sha256, "key": mission.key(of: file),
    ]
    members.writeJSON(to: &json)
  }
}

extension Suspicion: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) { write(to: &json) }
}

extension ParameterValues: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) { write(to: &json) }
}
