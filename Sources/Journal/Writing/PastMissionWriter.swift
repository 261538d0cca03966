import MissionCore
import SQLite

/// Keeps a line for each mission that was done, and for each that is removed: new results are compared with these, and
/// days stay known.
final class PastMissionWriter {
  /// How long a line of a removed mission is kept.
  static let keptDays: Int64 = 400

  private let connection: SQLiteConnection
  private let slice: SQLiteStatement
  private let line: SQLiteStatement
  private let forgetLines: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    self.connection = connection
    slice = try connection.prepare(
      """
      INSERT INTO slices (source, media_type, languages, parameters)
        SELECT source, media_type, languages, \(Self.parameters("missions")) FROM missions WHERE number = ?
        ON CONFLICT DO NOTHING
      """, isPersistent: true)
    line = try connection.prepare(
      """
      INSERT INTO past_missions
        SELECT s.number, m.date_end - m.date_start + 1, m.date_start, m.id, m.parameters,
          coalesce(m.ads_count, 0), m.status, m.suspicious IS NOT NULL, ?2, ?3
        FROM missions m JOIN slices s ON s.source = m.source AND s.media_type = m.media_type
          AND s.languages = m.languages AND s.parameters = \(Self.parameters("m"))
        WHERE m.number = ?1
        ON CONFLICT (slice, days, date_start, id) DO UPDATE SET records = excluded.records, status = excluded.status,
          is_suspicious = excluded.is_suspicious, is_removed = excluded.is_removed, noted_at = excluded.noted_at
      """, isPersistent: true)
    forgetLines = try connection.prepare(
      "DELETE FROM past_missions WHERE is_removed = 1 AND noted_at < ?", isPersistent: true)
  }

  /// As the row of this number is now.
  func note(_ number: Int64, isRemoved: Bool, at time: Timestamp) throws {
    try line.bind(number, at: 1)
    try line.bind(isRemoved ? 1 : 0, at: 2)
    try line.bind(Int64(time.day.daysSinceEpoch), at: 3)
    try line.run()
    guard connection.changes == 0 else { return }
    // The first of its slice.
    try slice.bind(number, at: 1)
    try slice.run()
    try line.run()
  }

  /// Lines of missions that were removed long ago.
  func forgetOld(at time: Timestamp) throws {
    try forgetLines.bind(Int64(time.day.daysSinceEpoch) - Self.keptDays, at: 1)
    try forgetLines.run()
  }

  /// What tells slices apart: several slots of a day are one.
  static func parameters(_ table: String) -> String {
    "coalesce(json_remove(\(table).parameters, '$.slot'), '{}')"
  }
}
