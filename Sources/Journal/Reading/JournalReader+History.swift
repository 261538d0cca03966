import MissionCore
import SQLite

/// What all runs of the journal together came to.
public struct RunHistory: Hashable, Sendable {
  /// Runs that came to an end by themselves, by exit code.
  public var endedByExitCode: [Int: Int] = [:]
  /// Elements of `data` over the DONE missions of all runs.
  public var ads: Int64 = 0
  /// When the latest run with exit code 0 ended.
  public var lastSuccessAt: Timestamp?
}

extension JournalReader {
  /// A pass over the runs, which are few.
  public func history() throws(JournalError) -> RunHistory {
    try reading {
      var history = RunHistory()
      let rows = try connection.prepare(
        "SELECT exit_code, count(*), sum(ads), max(finished_at) FROM runs GROUP BY exit_code")
      while try rows.step() {
        history.ads += rows.integer(2)
        guard let code = rows.optionalInteger(0) else { continue }
        history.endedByExitCode[Int(code)] = rows.int(1)
        if code == 0 { history.lastSuccessAt = rows.time(3) }
      }
      return history
    }
  }

  /// The FAILED missions of the whole journal by code, in the order of the codes.
  public func failedByCode() throws(JournalError) -> [(code: ErrorCode, count: Int)] {
    try reading {
      let rows = try connection.prepare(Self.failedByCodeSQL)
      var counts: [(code: ErrorCode, count: Int)] = []
      while try rows.step() {
        if let code = rows.errorCode(0) { counts.append((code, rows.int(1))) }
      }
      return counts
    }
  }

  static let failedByCodeSQL = """
    SELECT error_code, count(*) FROM missions WHERE \(is: .failed) AND error_code IS NOT NULL
    GROUP BY error_code ORDER BY error_code
    """
}
