import SQLite

/// A temporary database on disk for what does not fit into memory, opened when there is such a thing. It goes with the
/// object, and with the process.
final class ScratchDatabase {
  /// What errors call it.
  static let path = "(temporary)"

  private var connection: SQLiteConnection?

  func opened() throws(SQLiteError) -> SQLiteConnection {
    if let connection { return connection }
    let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
    try connection.execute("PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -2048; BEGIN")
    self.connection = connection
    return connection
  }
}
