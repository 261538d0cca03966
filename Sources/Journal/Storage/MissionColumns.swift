import MissionCore
import SQLite

/// The columns of a whole mission, in the order `decode` reads them.
enum MissionColumns {
  static let list = """
    id, source, date_start, date_end, media_type, languages, priority, status, checkpoint, ads_count, error_code, \
    error_cause, error_message, worker, job_id, unanswered_start, crashes, proxy, retry_count, created_at, \
    queued_at, started_at, finished_at, size, sha256, s3_key, s3_etag, s3_size, s3_sha256, run, scrape_ms, db_ms, \
    s3_ms, deferred, error_foreign, parameters, starts, start_token, start_run, kept, job_ids, kept_files, \
    former_files, replaces, suspicious, first_look, replaced_rows, error_said
    """

  /// The column after the last of `list`.
  static let count: Int32 = 48

  /// - Parameter runs: names the runs, which rows hold by number.
  static func decode(_ row: SQLiteStatement, runs: RunDirectory) throws -> MissionRecord {
    let languages = row.text(5) ?? ""
    let parameters = MissionParameters(
      source: row.text(1) ?? "", dateStart: row.day(2), dateEnd: row.day(3),
      mediaType: MediaType(stored: row.integer(4)),
      languages: languages.split(separator: ",").map(String.init),
      values: row.parameters(35))
    var mission = MissionRecord(
      id: row.missionID(0), parameters: parameters, priority: row.int(6),
      status: MissionStatus(stored: row.integer(7)),
      checkpoint: Checkpoint(stored: row.integer(8)), createdAt: Timestamp(milliseconds: row.integer(19)))
    mission.adsCount = row.optionalInteger(9).map { Int($0) }
    mission.errorCode = row.errorCode(10)
    mission.errorCause = row.errorCode(11)
    mission.errorMessage = row.text(12).map { text in
      row.text(47).flatMap { Message(stored: $0, saying: text) }
        ?? "\(row.text(34).map { ForeignWords.marked(text, at: $0) } ?? text)"
    }
    mission.worker = row.text(13)
    mission.jobID = row.text(14)
    mission.hasUnansweredStart = row.integer(15) != 0
    mission.starts = row.int(36)
    mission.startToken = row.optionalInteger(37).map { UInt64(bitPattern: $0) } ?? 0
    mission.startRunID = try row.optionalInteger(38).map { try runs.id(of: $0) } ?? nil
    mission.kept = row.text(39).map { KeptValues(json: $0) } ?? KeptValues()
    mission.jobIDs = row.text(40).map { $0.split(separator: "\n").map(String.init) } ?? []
    mission.crashes = row.int(16)
    // What is no list any more was written by others: nothing is known of such files.
    mission.keptFiles = row.text(41).flatMap { [KeptFile](json: $0) } ?? []
    mission.former = FormerObjects(
      replaces: row.integer(43) != 0,
      files: row.text(42).map { $0.split(separator: "//").map(String.init) } ?? [])
    mission.proxy = row.text(17)
    mission.retryCount = row.int(18)
    mission.queuedAt = row.time(20)
    mission.startedAt = row.time(21)
    mission.finishedAt = row.time(22)
    mission.size = row.optionalInteger(23)
    mission.sha256 = row.text(24)
    mission.s3Key = row.text(25)
    mission.s3ETag = row.text(26)
    mission.s3Size = row.optionalInteger(27)
    mission.s3SHA256 = row.text(28)
    mission.runID = try row.optionalInteger(29).map { try runs.id(of: $0) } ?? nil
    mission.scrapeSeconds = row.seconds(30)
    mission.dbSeconds = row.seconds(31)
    mission.s3Seconds = row.seconds(32)
    mission.suspicion = row.text(44).flatMap { Suspicion(json: $0) }
    mission.firstLook = row.text(45).flatMap { FirstLook(json: $0) }
    mission.replacedRows = row.text(46)
    return mission
  }
}
