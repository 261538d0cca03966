import MissionCore

/// Missions as RFC 4180 CSV whose cells no spreadsheet takes for a formula.
enum MissionCSV {
  static let header =
    "id,source,date_start,date_end,media_type,languages,status,checkpoint,ads_count,error_code,error_cause,"
    + "error_message,worker,job_id,proxy,retry_count,created_at,queued_at,started_at,finished_at,size,sha256,"
    + "s3_key,s3_etag,s3_sha256,parameters\r\n"

  static func row(_ mission: MissionRecord) -> String {
    let parameters = mission.parameters
    let cells: [String?] = [
      mission.id.description, parameters.source, parameters.dateStart.description,
      parameters.dateEnd.description, parameters.mediaTypeText, parameters.languageList,
      mission.status.rawValue, mission.checkpoint.rawValue, mission.adsCount.map { String($0) },
      mission.errorCode?.rawValue, mission.errorCause?.rawValue, mission.errorMessage?.plain,
      mission.worker,
      mission.jobID, mission.proxy, String(mission.retryCount), mission.createdAt.description,
      mission.queuedAt?.description, mission.startedAt?.description, mission.finishedAt?.description,
      mission.size.map { String($0) }, mission.sha256, mission.s3Key, mission.s3ETag, mission.s3SHA256,
      parameters.values.json,
    ]
    return cells.map { cell($0 ?? "") }.joined(separator: ",") + "\r\n"
  }

  /// What begins like a formula gets an apostrophe before it (OWASP, CSV injection), also behind what another program
  /// may take for the separator; quotes where the text needs them.
  static func cell(_ text: String) -> String {
    let text = defused(text)
    guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  private static let starters = Array("=+-@".utf8)
  /// The same, full width.
  private static let wideStarters = ["＝", "＋", "－", "＠"].map { Array($0.utf8) }
  private static let separators = Array(";,|:~^".utf8)

  private static func defused(_ text: String) -> String {
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    if let first = bytes.first, "\t\r\n".utf8.contains(first) { out.append(UInt8(ascii: "'")) }
    // Whether a program may take what comes for the beginning of a field; white space and quotes do not end that.
    var isBeginning = true
    for (place, byte) in bytes.enumerated() {
      let isStarter =
        starters.contains(byte)
        || (byte == 0xEF && wideStarters.contains { bytes[place...].starts(with: $0) })
      if isBeginning, isStarter { out.append(UInt8(ascii: "'")) }
      out.append(byte)
      let isOpen = byte == UInt8(ascii: "\"") || (9...13).contains(byte) || byte == UInt8(ascii: " ")
      isBeginning =
        separators.contains(byte) || (9...13).contains(byte) || byte == UInt8(ascii: " ")
        || (isBeginning && isOpen)
    }
    return out.count == bytes.count ? text : String(decoding: out, as: UTF8.self)
  }
}
