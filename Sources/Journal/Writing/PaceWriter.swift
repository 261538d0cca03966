import MissionCore
import SQLite

/// When missions of sources that have a pace were started.
final class PaceWriter {
  private let insert: SQLiteStatement
  private let forget: SQLiteStatement
  private let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) throws {
    self.connection = connection
    insert = try connection.prepare("INSERT INTO pace_starts (source, at) VALUES (?, ?)", isPersistent: true)
    forget = try connection.prepare("DELETE FROM pace_starts WHERE source = ? AND at < ?", isPersistent: true)
  }

  /// What lies before `horizon` is forgotten.
  func started(_ source: String, at time: Timestamp, horizon: Timestamp) throws {
    try insert.bind(source, at: 1)
    try insert.bind(time, at: 2)
    try insert.run()
    try forget.bind(source, at: 1)
    try forget.bind(horizon, at: 2)
    try forget.run()
  }

  /// All that are remembered, by source.
  func starts() throws -> [String: [Timestamp]] {
    let rows = try connection.prepare("SELECT source, at FROM pace_starts ORDER BY source, at")
    var starts: [String: [Timestamp]] = [:]
    while try rows.step() {
      starts[rows.text(0) ?? "", default: []].append(Timestamp(milliseconds: rows.integer(1)))
    }
    return starts
  }
}
