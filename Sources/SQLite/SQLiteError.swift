import CSQLite

/// What SQLite answered when something did not work.
public struct SQLiteError: Error, Hashable, Sendable {
  /// The extended result code; its low byte is the primary one.
  public let extendedCode: Int32
  /// SQLite's own words. They name tables and columns, never bound values.
  public let message: String

  public init(extendedCode: Int32, message: String) {
    self.extendedCode = extendedCode
    self.message = message
  }

  /// The error of the last call on `handle`, which answered `code`.
  init(code: Int32, handle: OpaquePointer?) {
    guard let handle else {
      self.init(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
      return
    }
    let extended = sqlite3_extended_errcode(handle)
    // A misuse is answered without being noted on the connection: its message would be an older one.
    let isNoted = extended & 0xFF == code & 0xFF
    self.init(
      extendedCode: isNoted ? extended : code,
      message: String(cString: isNoted ? sqlite3_errmsg(handle) : sqlite3_errstr(code)))
  }

  public var primaryCode: Int32 { extendedCode & 0xFF }

  /// Another connection holds the lock, also after the busy time-out.
  public var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }
  /// The disk, the quota or the largest page count is used up.
  ///
  /// A shared-memory file that cannot grow (SQLITE_IOERR_SHMSIZE) is the same seen from elsewhere.
  public var isFull: Bool { primaryCode == SQLITE_FULL || extendedCode == SQLITE_IOERR | 19 << 8 }
  public var isIOError: Bool { primaryCode == SQLITE_IOERR }
  /// Damaged, or not a database at all.
  public var isCorrupt: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }
  public var isNotADatabase: Bool { primaryCode == SQLITE_NOTADB }
  public var isReadOnly: Bool { primaryCode == SQLITE_READONLY }
  public var cannotOpen: Bool { primaryCode == SQLITE_CANTOPEN || primaryCode == SQLITE_PERM }
  public var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }
  /// A value is too big for the column, the row or SQLite itself.
  public var isTooBig: Bool { primaryCode == SQLITE_TOOBIG }
  public var isInterrupted: Bool { primaryCode == SQLITE_INTERRUPT }
}

extension SQLiteError: CustomStringConvertible {
  public var description: String { "\(message) (SQLite \(extendedCode))" }
}
