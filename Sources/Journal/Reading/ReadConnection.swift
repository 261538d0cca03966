import Glibc
import SQLite

/// Opens a journal for reading without leaving traces, also while a run writes it.
enum ReadConnection {
  /// KiB of pages a reader keeps.
  static let cacheKiB = 4 * 1024

  /// - Parameter isQueryOnly: false when temporary tables are wanted; the journal itself is not written.
  static func open(_ path: String, isQueryOnly: Bool) throws -> SQLiteConnection {
    let file = JournalFile(path: path, migrator: .current)
    try file.checkNames()
    guard try StateFile.exists(path) else { throw JournalError.missing(what: "journal \(path)") }
    let connection = try connect(path)
    try connection.execute("PRAGMA temp_store = FILE; PRAGMA cache_size = -\(cacheKiB)")
    let version = try file.judged(JournalFile.Header(connection))
    // Version 0: a run is about to make its tables for the first time.
    if version == 0 { throw JournalError.missing(what: "journal \(path)") }
    guard version == Migrator.current.newest else {
      throw JournalError.olderVersion(path: path, found: version, supported: Migrator.current.newest)
    }
    if isQueryOnly { try connection.execute("PRAGMA query_only = ON") }
    try FilterSQL.install(on: connection)
    return connection
  }

  /// A closed journal has no WAL. A read-only connection would create one and could not remove it; a writable
  /// one does both. A WAL that is there belongs to a live run or awaits the next one's recovery: left alone.
  private static func connect(_ path: String) throws -> SQLiteConnection {
    let hasWAL = access(path + "-wal", F_OK) == 0
    do {
      let connection = try SQLiteConnection(
        path: path, mode: hasWAL ? .readOnly : .readWrite, busyTimeout: .seconds(10))
      _ = try connection.integer("SELECT count(*) FROM sqlite_schema")
      return connection
    } catch {
      guard error.cannotOpen || error.isReadOnly else { throw error }
      // A folder that cannot be written has no live run and no place for the shared memory of WAL.
      var status = stat()
      guard !hasWAL || (stat(path + "-wal", &status) == 0 && status.st_size == 0) else { throw error }
      return try SQLiteConnection(path: "file:\(escaped(path))?immutable=1", mode: .readOnly, isURI: true)
    }
  }

  /// The path inside a `file:` URI.
  private static func escaped(_ path: String) -> String {
    path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
  }
}
