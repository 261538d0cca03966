import MissionCore
import SQLite

/// Where the rows of a batch stand, and which of their missions are run again although they are DONE.
package struct ImportListing: Sendable {
  /// The file's path; of windows that of the configuration. Nil keeps none.
  package var origin: String?
  /// The line of each row of the batch; empty without an origin.
  package var lines: [Int] = []
  /// By source: a DONE mission that was finished before this moment is due again.
  package var dueBefore: [String: Timestamp] = [:]
  /// What a window says of that counts, whatever files say.
  package var isWindow = false
  /// Whose slot made the missions; nil for rows of files and windows.
  package var schedule: String?
  /// The run takes every new mission: it is QUEUED for it as it comes.
  package var choosesNew = false

  package init() {}
}

/// Numbers the files and configurations that rows come from.
final class OriginDirectory {
  private let connection: SQLiteConnection
  /// Rows come file by file.
  private var latest: (name: String, number: Int64)?

  init(_ connection: SQLiteConnection) { self.connection = connection }

  /// Writes it down when it is new; inside a transaction.
  func number(of name: String) throws -> Int64 {
    if let latest, latest.name == name { return latest.number }
    let insert = try connection.prepare("INSERT INTO origins (name) VALUES (?) ON CONFLICT (name) DO NOTHING")
    try insert.bind(name, at: 1)
    try insert.run()
    let row = try connection.prepare("SELECT number FROM origins WHERE name = ?")
    try row.bind(name, at: 1)
    guard try row.step() else { throw JournalError.internalFailure(reason: "an origin was not written") }
    latest = (name, row.integer(0))
    return row.integer(0)
  }

  /// After a transaction has ended: it may have been rolled back.
  func forget() { latest = nil }
}
