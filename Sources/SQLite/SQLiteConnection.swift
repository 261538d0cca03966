import CSQLite

/// A connection to one database file.
///
/// Not safe to share between threads: whoever owns it calls it, and its statements, from one thread at a
/// time (it is opened without SQLite's own mutexes). It closes when it and its statements are gone.
public final class SQLiteConnection {
  /// How the file is opened.
  public enum Mode: Sendable {
    /// Created when it does not exist.
    case readWriteCreate
    case readWrite
    case readOnly
  }

  /// SQLite's settings for the whole process, made before its first use: its statistics of memory, which nobody reads,
  /// would take a mutex at each allocation. Refused, which harms nothing, where something else has used it before.
  private static let processWide: Int32 = mc_sqlite_keep_no_memory_statistics()

  let handle: OpaquePointer
  private var isOpen = true

  /// Opens `path`, `:memory:`, or with `isURI` a `file:` URI. Nothing is read before the first statement.
  ///
  /// - Parameter busyTimeout: how long a locked file is waited for.
  public init(
    path: String, mode: Mode, isURI: Bool = false, busyTimeout: Duration = .zero
  ) throws(SQLiteError) {
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    switch mode {
    case .readWriteCreate: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .readWrite: flags |= SQLITE_OPEN_READWRITE
    case .readOnly: flags |= SQLITE_OPEN_READONLY
    }
    if isURI { flags |= SQLITE_OPEN_URI }
    _ = Self.processWide
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let error = SQLiteError(code: code, handle: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    setBusyTimeout(busyTimeout)
  }

  deinit { close() }

  /// Ends the connection; what is still prepared on it must not be used any more. May run twice.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    // close_v2 waits for the statements that are still alive, so their own finalizing stays safe.
    sqlite3_close_v2(handle)
  }

  /// How long a statement waits for a lock of others.
  public func setBusyTimeout(_ timeout: Duration) {
    let (seconds, attoseconds) = timeout.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    sqlite3_busy_timeout(handle, Int32(clamping: milliseconds))
  }

  /// Runs one or more statements without values and without rows to read.
  public func execute(_ sql: String) throws(SQLiteError) {
    try check(sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// Compiles one statement.
  ///
  /// - Parameter isPersistent: true for a statement that is kept and run often.
  public func prepare(_ sql: String, isPersistent: Bool = false) throws(SQLiteError) -> SQLiteStatement {
    var statement: OpaquePointer?
    let flags = isPersistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    try check(sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil))
    guard let statement else {
      throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "the text holds no statement")
    }
    return SQLiteStatement(connection: self, handle: statement)
  }

  /// The first column of the first row as an integer; nil when there is no row or it is null.
  public func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.integer(0)
  }

  /// The first column of the first row as text; nil when there is no row or it is null.
  public func text(_ sql: String) throws(SQLiteError) -> String? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  public var changes: Int { Int(sqlite3_changes64(handle)) }
  public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(handle) }
  /// Whether a BEGIN waits for its COMMIT. SQLite itself may have rolled back after an error.
  public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Whether the path stands for another file by now, or for none: what is written goes to a file that nobody finds.
  package var hasMoved: Bool {
    var answer: Int32 = 0
    let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &answer)
    return code == SQLITE_OK && answer != 0
  }

  /// Gives back what memory the connection can do without.
  public func releaseMemory() { sqlite3_db_release_memory(handle) }

  func check(_ code: Int32) throws(SQLiteError) {
    if code != SQLITE_OK { throw SQLiteError(code: code, handle: handle) }
  }
}
