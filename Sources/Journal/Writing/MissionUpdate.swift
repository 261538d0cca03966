import MissionCore
import SQLite

/// What each change assigns; `?1` is the mission's number.
enum MissionUpdate: Int, CaseIterable {
  case started, sessionAwaited, scrapeStarting, scrapeStarted, jobForgotten, scrapeCompleted, dbCompleted,
    s3Completed
  case scrapeDiscarded, loadDiscarded, requeued, retryQueued, failed, cancelled, reopen, putBack, rerun,
    mended
  case recovered, replacementFound, suspected, accepted, firstLookKept, resultHeld, released, rowsReplaced,
    rerunFailed

  var assignments: String {
    let clearError = """
      error_code = NULL, error_cause = NULL, error_message = NULL, error_foreign = NULL, error_said = NULL
      """
    let forgetJobAtScrape = """
      job_id = CASE checkpoint WHEN \(checkpoint: .scrape) THEN NULL ELSE job_id END, unanswered_start = 0
      """
    switch self {
    case .started:
      return """
        status = \(status: .running), started_at = coalesce(started_at, ?2), worker = coalesce(?3, worker), \
        \(clearError)
        """
    case .sessionAwaited: return "proxy = ?2"
    case .scrapeStarting:
      return """
        worker = ?2, proxy = ?3, job_id = NULL, kept = NULL, unanswered_start = 1, starts = ?4, start_token = ?5, \
        start_run = ?6, attempt_at = ?7, suspicious = NULL
        """
    case .scrapeStarted:
      return """
        job_id = ?2, unanswered_start = 0, kept = ?3, \
        job_ids = CASE WHEN ?4 = 0 THEN job_ids ELSE coalesce(job_ids || char(10), '') || ?2 END
        """
    case .jobForgotten: return "job_id = NULL, unanswered_start = 0"
    case .scrapeCompleted:
      return """
        checkpoint = \(checkpoint: .db), ads_count = ?2, size = ?3, sha256 = ?4, scrape_ms = ?5, \
        unanswered_start = 0, crashes = 0, deferred = 0, kept_files = ?6, former_files = ?7, first_look = NULL
        """
    case .dbCompleted: return "checkpoint = \(checkpoint: .s3), db_ms = ?2, crashes = 0, deferred = 0"
    case .s3Completed:
      return """
        status = \(status: .done), finished_at = ?2, s3_key = ?3, s3_etag = ?4, s3_size = ?5, s3_sha256 = ?6, \
        s3_ms = ?7, crashes = 0, deferred = 0, put_back = 0, former_files = NULL, replaces = 0, \
        replaced_rows = NULL
        """
    case .scrapeDiscarded:
      return """
        checkpoint = \(checkpoint: .scrape), job_id = NULL, unanswered_start = 0, \
        ads_count = \(Self.replaced("ads_count")), size = \(Self.replaced("size")), \
        sha256 = \(Self.replaced("sha256")), scrape_ms = NULL, db_ms = NULL, replaces = 1
        """
    case .loadDiscarded: return "checkpoint = \(checkpoint: .db), db_ms = NULL"
    case .requeued: return "status = \(status: .queued), crashes = ?2, deferred = ?3"
    case .retryQueued:
      return """
        status = \(status: .queued), retry_count = retry_count + 1, error_code = ?2, error_cause = NULL, \
        error_message = ?3, error_foreign = ?4, error_said = ?5, \
        \(forgetJobAtScrape)
        """
    case .failed:
      return """
        status = \(status: .failed), finished_at = ?2, error_code = ?3, error_cause = ?4, error_message = ?5, \
        error_foreign = ?6, error_said = ?7, unanswered_start = 0, put_back = 0
        """
    case .cancelled:
      return """
        status = \(status: .cancelled), finished_at = ?2, job_id = NULL, unanswered_start = 0, put_back = 0, \
        first_look = NULL
        """
    case .reopen:
      return """
        status = \(status: .pending), retry_count = 0, crashes = 0, deferred = 0, finished_at = NULL, \
        put_back = ?2, \(clearError), first_look = NULL, \
        \(Self.heldBack("ads_count")), \(Self.heldBack("size")), \(Self.heldBack("sha256")), \
        suspicious = CASE error_code WHEN \(code: .resultSuspicious) THEN NULL ELSE suspicious END, \
        \(forgetJobAtScrape)
        """
    case .putBack:
      return """
        status = \(status: .pending), checkpoint = \(checkpoint: .scrape), retry_count = 0, finished_at = NULL, \
        put_back = 1, replaces = 1, job_id = NULL, ads_count = NULL, \
        size = NULL, sha256 = NULL, s3_key = NULL, s3_etag = NULL, s3_size = NULL, s3_sha256 = NULL, \
        scrape_ms = NULL, db_ms = NULL, s3_ms = NULL
        """
    case .rerun:
      return """
        status = \(status: .pending), checkpoint = \(checkpoint: .scrape), retry_count = 0, finished_at = NULL, \
        started_at = NULL, put_back = ?2, replaces = 1, job_id = NULL, kept = NULL, \
        unanswered_start = 0, crashes = 0, deferred = 0, \
        scrape_ms = NULL, db_ms = NULL, s3_ms = NULL
        """
    case .rerunFailed:
      return """
        \(Self.rerun.assignments), \(clearError), first_look = NULL, replaced_rows = NULL, \
        ads_count = \(Self.replaced("ads_count")), size = \(Self.replaced("size")), \
        sha256 = \(Self.replaced("sha256"))
        """
    case .mended: return "s3_etag = ?2"
    case .recovered:
      return """
        status = \(status: .done), checkpoint = \(checkpoint: .s3), finished_at = ?2, ads_count = ?3, size = ?4, \
        sha256 = ?5, s3_key = ?6, s3_etag = ?7, s3_size = ?8, s3_sha256 = ?9, kept_files = ?10, worker = NULL, \
        job_id = NULL, proxy = NULL, unanswered_start = 0, crashes = 0, deferred = 0, put_back = 0, \
        scrape_ms = NULL, db_ms = NULL, s3_ms = NULL, former_files = NULL, replaces = 0, suspicious = NULL, \
        first_look = NULL, replaced_rows = NULL, \(clearError)
        """
    case .rowsReplaced: return "replaced_rows = ?2"
    case .replacementFound: return "replaces = 1, former_files = ?2"
    case .suspected: return "suspicious = ?2"
    case .accepted: return "suspicious = NULL"
    case .firstLookKept: return "first_look = ?2, job_id = NULL, unanswered_start = 0"
    case .resultHeld:
      return """
        ads_count = ?2, size = ?3, sha256 = ?4, scrape_ms = ?5, kept_files = ?6, former_files = ?7, \
        first_look = NULL, unanswered_start = 0, crashes = 0, deferred = 0
        """
    case .released:
      return """
        status = \(status: .pending), checkpoint = \(checkpoint: .db), retry_count = 0, finished_at = NULL, \
        put_back = 1, suspicious = NULL, \(clearError)
        """
    }
  }

  /// A result that was held back is given up when its mission is scraped again.
  private static func heldBack(_ column: String) -> String {
    "\(column) = CASE error_code WHEN \(code: .resultSuspicious) THEN \(replaced(column)) ELSE \(column) END"
  }

  /// What the old scrape of a mission that is being replaced had; NULL for all others.
  private static func replaced(_ column: String) -> String {
    "(SELECT r.\(column) FROM replaced r WHERE r.mission = missions.number)"
  }
}
