import MissionCore

/// Missions as RFC 4180 CSV whose cells no spreadsheet takes for a formula.
enum MissionCSV {
  static let header =
    "id,source,date_start,date_end,media_type,languages,status,checkpoint,ads_count,error_code,error_cause,"
    + "error_message,worker,job_id,proxy,retry_count,created_at,queued_at,started_at,finished_at,size,sha256,"
    + "s3_key,s3_etag,s3_sha256\r\n"

  static func row(_ mission: MissionRecord) -> String {
    let parameters = mission.parameters
    let cells: [String?] = [
      mission.id.description, parameters.source, parameters.dateStart.description,
      parameters.dateEnd.description, parameters.mediaType.rawValue, parameters.languageList,
      mission.status.rawValue, mission.checkpoint.rawValue, mission.adsCount.map { String($0) },
      mission.errorCode?.rawValue, mission.errorCause?.rawValue, mission.errorMessage, mission.worker,
      mission.jobID, mission.proxy, String(mission.retryCount), mission.createdAt.description,
      mission.queuedAt?.description, mission.startedAt?.description, mission.finishedAt?.description,
      mission.size.map { String($0) }, mission.sha256, mission.s3Key, mission.s3ETag, mission.s3SHA256,
    ]
    return cells.map { cell($0 ?? "") }.joined(separator: ",") + "\r\n"
  }

  /// A cell that begins like a formula gets an apostrophe before it (OWASP, CSV injection); quotes where
  /// the text needs them.
  static func cell(_ text: String) -> String {
    var text = text
    if let first = text.utf8.first, "=+-@\t\r\n".utf8.contains(first) { text = "'" + text }
    guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
