import MissionCore
import SQLite

/// How a mission went, as far as sums over very many are concerned.
package struct MissionOutcome: Sendable {
  package let status: MissionStatus
  package let adsCount: Int?
  package let size: Int64?
  package let finishedAt: Timestamp?
  package let worker: String?
  package let proxy: String?
  package let scrapeSeconds: Double?
  package let dbSeconds: Double?
  package let s3Seconds: Double?

  package init(_ mission: MissionRecord) {
    status = mission.status
    adsCount = mission.adsCount
    size = mission.size
    finishedAt = mission.finishedAt
    worker = mission.worker
    proxy = mission.proxy
    scrapeSeconds = mission.scrapeSeconds
    dbSeconds = mission.dbSeconds
    s3Seconds = mission.s3Seconds
  }

  fileprivate init(_ row: SQLiteStatement) {
    status = MissionStatus(stored: row.integer(0))
    adsCount = row.optionalInteger(1).map { Int($0) }
    size = row.optionalInteger(2)
    finishedAt = row.time(3)
    worker = row.text(4)
    proxy = row.text(5)
    scrapeSeconds = row.seconds(6)
    dbSeconds = row.seconds(7)
    s3Seconds = row.seconds(8)
  }
}

extension JournalReader {
  /// Every mission that matches, in no order: a million whole ones, sorted, would take most of a report's time.
  ///
  /// - Parameters:
  ///   - troubled: takes those that FAILED or look wrong, which a report names.
  ///   - outcome: takes all others.
  package func eachOutcome(
    _ filter: MissionFilter, troubled: (MissionRecord) throws -> Void,
    outcome: (MissionOutcome) throws -> Void
  ) throws {
    do {
      let condition = FilterSQL(filter)
      let rows = try connection.prepare(Self.outcomeSQL(condition.condition))
      _ = try condition.bind(to: rows)
      let whole = try connection.prepare("SELECT \(MissionColumns.list) FROM missions WHERE number = ?")
      while try rows.step() {
        guard rows.integer(9) != 0 else {
          try outcome(MissionOutcome(rows))
          continue
        }
        try whole.bind(rows.integer(10), at: 1)
        if try whole.step() { try troubled(MissionColumns.decode(whole, runs: runDirectory)) }
        whole.reset()
      }
    } catch let error as SQLiteError { throw JournalError(error, path: path) }
  }

  static func outcomeSQL(_ condition: String) -> String {
    """
    SELECT status, ads_count, size, finished_at, worker, proxy, scrape_ms, db_ms, s3_ms, \(troubled), number
    FROM missions WHERE \(condition)
    """
  }

  /// The missions that match and FAILED or look wrong, in run order; `body` answers false to stop.
  package func eachTroubledMission(
    _ filter: MissionFilter, _ body: (MissionRecord) throws -> Bool
  ) throws {
    do {
      let condition = FilterSQL(filter)
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions WHERE \(Self.troubled) AND \(condition.condition)
        ORDER BY \(FilterSQL.order(.oldest))
        """)
      _ = try condition.bind(to: rows)
      while try rows.step() {
        if try !body(MissionColumns.decode(rows, runs: runDirectory)) { return }
      }
    } catch let error as SQLiteError { throw JournalError(error, path: path) }
  }

  private static let troubled = "(\(is: .failed) OR suspicious IS NOT NULL)"
}
