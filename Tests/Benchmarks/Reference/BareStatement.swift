import CSQLite

/// A prepared statement.
final class BareStatement {
  private let handle: OpaquePointer
  private let database: BareDatabase

  init(_ handle: OpaquePointer, _ database: BareDatabase) {
    (self.handle, self.database) = (handle, database)
  }

  deinit { sqlite3_finalize(handle) }

  /// The bytes must stay until the statement has run.
  func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
    sqlite3_bind_text(
      handle, index, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil)
  }

  func bind(blob bytes: UnsafeRawBufferPointer, at index: Int32) {
    sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
  }

  func bind(_ text: String, at index: Int32) {
    var text = text
    // SQLITE_TRANSIENT: SQLite copies the text.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    text.withUTF8 { bytes in
      let start = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
      _ = sqlite3_bind_text(handle, index, start, Int32(bytes.count), transient)
    }
  }

  func bind(_ number: Int, at index: Int32) { sqlite3_bind_int64(handle, index, Int64(number)) }

  /// Whether there is a row.
  func step() throws(BenchmarkFailure) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw database.failure(String(cString: sqlite3_sql(handle)))
    }
  }

  func run() throws(BenchmarkFailure) {
    _ = try step()
    sqlite3_reset(handle)
  }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
}
