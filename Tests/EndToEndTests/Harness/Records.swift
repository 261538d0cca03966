import Glibc
import SQLite
import TestSupport

/// An event of the journal, with its details.
struct RecordedEvent: Equatable {
  let mission: String
  let name: String
  let details: JSON
}

/// What the journal and the destination hold, read with SQLite alone.
extension Installation {
  /// Rows as texts joined by `|`, NULL as `-`.
  static func rows(_ path: String, _ sql: String) throws -> [String] {
    let connection = try SQLiteConnection(path: path, mode: .readOnly, busyTimeout: .seconds(5))
    let statement = try connection.prepare(sql)
    var rows: [String] = []
    while try statement.step() {
      rows.append((0..<Int32(statement.columnCount)).map { statement.text($0) ?? "-" }.joined(separator: "|"))
    }
    return rows
  }

  func journal(_ sql: String) throws -> [String] { try Self.rows(journalPath, sql) }

  /// As `journal`, but nothing while there is no journal yet.
  func journalSoFar(_ sql: String) -> [String] { (try? journal(sql)) ?? [] }

  /// As somebody else's hand.
  func changeDestination(_ sql: String) throws {
    let connection = try SQLiteConnection(path: destinationPath, mode: .readWrite, busyTimeout: .seconds(5))
    try connection.execute(sql)
  }

  func destination(_ sql: String) throws -> [String] {
    try postgres?.sql(sql) ?? Self.rows(destinationPath, sql)
  }

  /// Whether there is a destination to read from.
  var hasDestination: Bool { postgres != nil || access(destinationPath, R_OK) == 0 }

  /// All events, each mission's in their order.
  func events() throws -> [RecordedEvent] {
    let connection = try SQLiteConnection(path: journalPath, mode: .readOnly, busyTimeout: .seconds(5))
    let statement = try connection.prepare(
      "SELECT mission_id, event, details FROM mission_events ORDER BY mission_id, seq")
    var events: [RecordedEvent] = []
    while try statement.step() {
      let details = try statement.text(2).map { try JSON(text: $0) } ?? .null
      events.append(
        RecordedEvent(mission: statement.text(0) ?? "", name: statement.text(1) ?? "", details: details))
    }
    return events
  }

  func count(of event: String) throws -> Int { try events().filter { $0.name == event }.count }

  /// `DONE|365`, for each status that occurs.
  func statuses() throws -> [String] {
    try journal("SELECT status, count(*) FROM mission_list GROUP BY status ORDER BY status")
  }

  /// Every ad and every ledger row, without what tells one run from another.
  func loadedRows() throws -> [String] {
    try destination("SELECT mission_id, ad_id, position, data FROM ads ORDER BY mission_id, ad_id")
      + destination(
        """
        SELECT mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count, sha256
        FROM missions ORDER BY mission_id
        """)
  }

  /// The report of the newest run.
  func report() throws -> JSON {
    let run = try journal("SELECT id FROM runs ORDER BY number DESC LIMIT 1")[0]
    return try JSON(text: TemporaryFolder.text("\(folder)/state/reports/\(run).json"))
  }
}
