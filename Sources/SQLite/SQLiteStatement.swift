import CSQLite

/// A compiled statement. Parameters count from 1, columns from 0, as in SQLite.
///
/// Belongs to its connection's thread. Bindings stay until they are replaced or cleared.
public final class SQLiteStatement {
  // Kept so that the connection outlives its statements.
  private let connection: SQLiteConnection
  private let handle: OpaquePointer

  init(connection: SQLiteConnection, handle: OpaquePointer) {
    self.connection = connection
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  // MARK: Running

  /// Goes on to the next row; false when there is none.
  public func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let error = SQLiteError(code: code, handle: connection.handle)
    sqlite3_reset(handle)
    throw error
  }

  /// Makes it ready to run again with the same bindings; ends the read transaction it holds.
  public func reset() { sqlite3_reset(handle) }

  /// Runs it to its end, ignoring rows, and makes it ready to run again.
  public func run() throws(SQLiteError) {
    while try step() {}
    reset()
  }

  /// All parameters are NULL afterwards.
  public func clearBindings() { sqlite3_clear_bindings(handle) }

  // MARK: Binding

  /// Parameters count from 1.
  public func bind(_ value: Int64, at index: Int32) throws(SQLiteError) {
    try connection.check(sqlite3_bind_int64(handle, index, value))
  }

  /// Parameters count from 1.
  public func bind(_ value: Int, at index: Int32) throws(SQLiteError) { try bind(Int64(value), at: index) }

  /// Parameters count from 1.
  public func bind(_ value: Double, at index: Int32) throws(SQLiteError) {
    try connection.check(sqlite3_bind_double(handle, index, value))
  }

  /// Copies the text.
  public func bind(_ text: String, at index: Int32) throws(SQLiteError) {
    var text = text
    let code = text.withUTF8 { bytes in
      // An empty buffer may have no address, which SQLite would take for NULL.
      guard let base = bytes.baseAddress, !bytes.isEmpty else {
        return sqlite3_bind_text64(handle, index, "", 0, nil, UInt8(SQLITE_UTF8))
      }
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        sqlite3_bind_text64(handle, index, $0, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8))
      }
    }
    try connection.check(code)
  }

  /// Text that lives as long as the program; not copied.
  public func bind(literal text: StaticString, at index: Int32) throws(SQLiteError) {
    let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    try bind(borrowedText: bytes, at: index)
  }

  /// UTF-8 text that is not copied: the bytes must stay in place until the statement was reset, and bound
  /// anew or cleared.
  public func bind(borrowedText bytes: UnsafeRawBufferPointer, at index: Int32) throws(SQLiteError) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return try bind("", at: index) }
    try connection.check(
      sqlite3_bind_text64(
        handle, index, base.assumingMemoryBound(to: CChar.self), UInt64(bytes.count), nil, UInt8(SQLITE_UTF8))
    )
  }

  /// Copies the bytes.
  public func bind(blob bytes: UnsafeRawBufferPointer, at index: Int32) throws(SQLiteError) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      return try connection.check(sqlite3_bind_zeroblob(handle, index, 0))
    }
    try connection.check(sqlite3_bind_blob64(handle, index, base, UInt64(bytes.count), Self.copied))
  }

  /// A copy is bound.
  public func bind(blob bytes: [UInt8], at index: Int32) throws(SQLiteError) {
    // The closure's error is carried out by hand: rethrowing would lose its type.
    let code = bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress, !raw.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
      return sqlite3_bind_blob64(handle, index, base, UInt64(raw.count), Self.copied)
    }
    try connection.check(code)
  }

  /// Bytes that are not copied, under the same rule as `bind(borrowedText:at:)`.
  public func bind(borrowedBlob bytes: UnsafeRawBufferPointer, at index: Int32) throws(SQLiteError) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      return try connection.check(sqlite3_bind_zeroblob(handle, index, 0))
    }
    try connection.check(sqlite3_bind_blob64(handle, index, base, UInt64(bytes.count), nil))
  }

  /// Parameters count from 1.
  public func bindNull(at index: Int32) throws(SQLiteError) {
    try connection.check(sqlite3_bind_null(handle, index))
  }

  /// NULL without a value.
  public func bind(_ value: Int64?, at index: Int32) throws(SQLiteError) {
    if let value { try bind(value, at: index) } else { try bindNull(at: index) }
  }

  /// NULL without a value.
  public func bind(_ value: Double?, at index: Int32) throws(SQLiteError) {
    if let value { try bind(value, at: index) } else { try bindNull(at: index) }
  }

  /// NULL without a text.
  public func bind(_ text: String?, at index: Int32) throws(SQLiteError) {
    if let text { try bind(text, at: index) } else { try bindNull(at: index) }
  }

  // MARK: Reading the row

  public var columnCount: Int { Int(sqlite3_column_count(handle)) }

  /// Columns count from 0.
  public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
  /// 0 when the column is null.
  public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  /// Columns count from 0.
  public func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
  /// Columns count from 0.
  public func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  /// Nil for NULL.
  public func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
  /// Nil for NULL.
  public func optionalDouble(_ column: Int32) -> Double? { isNull(column) ? nil : double(column) }

  /// Nil when the column is null.
  public func text(_ column: Int32) -> String? {
    isNull(column) ? nil : withTextBytes(column) { String(decoding: $0, as: UTF8.self) }
  }

  /// The text's UTF-8 bytes without copying them; valid inside `body` only.
  public func withTextBytes<R>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    // The text is asked for before its length: the call may convert it.
    let start = sqlite3_column_text(handle, column)
    return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// The blob's bytes without copying them; valid inside `body` only.
  public func withBlob<R>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let start = sqlite3_column_blob(handle, column)
    return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  // SQLITE_TRANSIENT, a macro that Swift cannot import: SQLite copies the bytes before it returns.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
