import CSQLite

/// A SQLite file. What fails ends the work: a reference that skips work measures nothing.
final class BareDatabase {
  private let handle: OpaquePointer

  init(_ path: String) throws(BenchmarkFailure) {
    var handle: OpaquePointer?
    guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
      throw BenchmarkFailure("\(path) does not open")
    }
    self.handle = handle
  }

  deinit { sqlite3_close_v2(handle) }

  /// As durable as the product's files.
  static func durable(_ path: String, _ schema: String) throws(BenchmarkFailure) -> BareDatabase {
    let database = try BareDatabase(path)
    try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \(schema)")
    return database
  }

  func execute(_ sql: String) throws(BenchmarkFailure) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
  }

  func prepare(_ sql: String) throws(BenchmarkFailure) -> BareStatement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      throw failure(sql)
    }
    return BareStatement(statement, self)
  }

  /// The first number of the first row.
  func integer(_ sql: String) throws(BenchmarkFailure) -> Int {
    let statement = try prepare(sql)
    guard try statement.step() else { throw BenchmarkFailure("\(sql) gives no row") }
    return statement.integer(0)
  }

  func failure(_ what: String) -> BenchmarkFailure {
    BenchmarkFailure("\(what): \(String(cString: sqlite3_errmsg(handle)))")
  }
}
