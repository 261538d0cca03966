import Glibc
import SQLite
import TestSupport
import Testing

@Suite("The thin layer over SQLite", .timeLimit(.minutes(5)))
struct SQLiteTests {
  private let folder = TemporaryFolder()
  private var path: String { "\(folder.path)/test.sqlite" }

  @Test("values of every kind read back as they were bound")
  func roundTrip() throws {
    let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
    try connection.execute("CREATE TABLE t(i INT, d REAL, t TEXT, b BLOB, n TEXT, e TEXT, z BLOB) STRICT")
    let insert = try connection.prepare(
      "INSERT INTO t(i,d,t,b,n,e,z) VALUES(?,?,?,?,?,?,?)", isPersistent: true)
    try insert.bind(Int64.min, at: 1)
    try insert.bind(1.5, at: 2)
    try insert.bind("não\u{0}x", at: 3)
    try insert.bind(blob: [0, 1, 255], at: 4)
    try insert.bindNull(at: 5)
    try insert.bind("", at: 6)
    try insert.bind(blob: [], at: 7)
    try insert.run()
    #expect(connection.changes == 1)
    #expect(connection.lastInsertRowID == 1)

    let select = try connection.prepare("SELECT i,d,t,b,n,e,z FROM t")
    #expect(try select.step())
    #expect(select.columnCount == 7)
    #expect(select.integer(0) == Int64.min)
    #expect(select.double(1) == 1.5)
    #expect(select.text(2) == "não\u{0}x")
    #expect(select.withBlob(3) { Array($0) } == [0, 1, 255])
    #expect(select.isNull(4))
    #expect(select.text(4) == nil)
    #expect(select.text(5) == "")
    #expect(!select.isNull(6))
    #expect(try !select.step())
  }

  @Test("borrowed bytes are written without a copy, and the statement can be bound again")
  func borrowed() throws {
    let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
    try connection.execute("CREATE TABLE t(t TEXT, b BLOB)")
    let insert = try connection.prepare("INSERT INTO t VALUES(?,?)")
    for text in ["first", "", "third"] {
      try Array(text.utf8).withUnsafeBytes { bytes in
        try insert.bind(borrowedText: bytes, at: 1)
        try insert.bind(borrowedBlob: bytes, at: 2)
        try insert.run()
      }
    }
    #expect(try connection.text("SELECT group_concat(t, '|') FROM t") == "first||third")
    #expect(
      try connection.integer("SELECT count(*) FROM t WHERE typeof(b) = 'blob' AND b = CAST(t AS BLOB)") == 3)
  }

  @Test("errors are told apart by their kind")
  func errors() throws {
    let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
    try connection.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT")
    try connection.execute("INSERT INTO t VALUES(1,'x')")
    #expect(
      error { () throws(SQLiteError) in try connection.execute("INSERT INTO t VALUES(1,'y')") }?.isConstraint
        == true)
    #expect(error { () throws(SQLiteError) in try connection.execute("nonsense") }?.primaryCode == 1)
    #expect(error { () throws(SQLiteError) in _ = try connection.prepare("  ") } != nil)

    let reader = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(error { () throws(SQLiteError) in try reader.execute("DELETE FROM t") }?.isReadOnly == true)

    let other = try SQLiteConnection(path: path, mode: .readWrite, busyTimeout: .milliseconds(1))
    try connection.execute("BEGIN EXCLUSIVE")
    #expect(connection.isInTransaction)
    #expect(error { () throws(SQLiteError) in try other.execute("BEGIN IMMEDIATE") }?.isBusy == true)
    try connection.execute("ROLLBACK")
    #expect(!connection.isInTransaction)

    let missing = error { () throws(SQLiteError) in
      _ = try SQLiteConnection(path: "\(folder.path)/none/x.sqlite", mode: .readWriteCreate)
    }
    #expect(missing?.cannotOpen == true)

    try connection.execute("PRAGMA max_page_count = 4")
    let full = error { () throws(SQLiteError) in
      try connection.execute("INSERT INTO t SELECT 2, hex(zeroblob(100000))")
    }
    #expect(full?.isFull == true)
  }

  @Test("a file that is no database is told as such")
  func notADatabase() throws {
    let file = "\(folder.path)/text.sqlite"
    let scratch = try SQLiteConnection(path: file, mode: .readWriteCreate)
    try scratch.execute("CREATE TABLE t(a)")
    scratch.close()
    try overwriteHeader(of: file)
    let connection = try SQLiteConnection(path: file, mode: .readOnly)
    let failure = error { () throws(SQLiteError) in _ = try connection.integer("SELECT count(*) FROM t") }
    #expect(failure?.isNotADatabase == true)
    #expect(failure?.isCorrupt == true)
  }

  private func overwriteHeader(of file: String) throws {
    let descriptor = open(file, O_WRONLY)
    let junk = Array("this is a text, not a database".utf8)
    #expect(pwrite(descriptor, junk, junk.count, 0) == junk.count)
    close(descriptor)
  }

  private func error(_ body: () throws(SQLiteError) -> Void) -> SQLiteError? {
    do { try body() } catch { return error }
    return nil
  }
}
