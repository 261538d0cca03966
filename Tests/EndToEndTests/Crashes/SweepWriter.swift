import SQLite
import TestServers

/// A writer of its own for one installation of a sweep.
struct SweepWriter: SweepDestination {
  let server: WriterServer

  func clear() throws {
    let connection = try SQLiteConnection(path: server.database, mode: .readWrite, busyTimeout: .seconds(5))
    try connection.execute("DELETE FROM missions; DELETE FROM records; DELETE FROM commits")
    connection.close()
  }

  var rows: [String] {
    get throws { try read("SELECT mission_id, position, data FROM records ORDER BY mission_id, position") }
  }

  /// It has columns of its own.
  func ledger(columns: String) throws -> [String] {
    try read("SELECT mission_id, rows, sha256 FROM missions ORDER BY mission_id")
  }

  var problems: [String] {
    get throws {
      let twice = try read("SELECT mission_id FROM commits GROUP BY 1 HAVING count(*) > 1")
      return twice.isEmpty ? [] : ["I2: written twice: \(twice)"]
    }
  }

  private func read(_ sql: String) throws -> [String] { try Installation.rows(server.database, sql) }
}
