import CRecordingVFS
import CSQLite
import SQLite
import TestSupport
import Testing

extension PowerCutTests {
  /// In this suite, because there is one recording for all.
  @Suite("a write-ahead log that is gathered")
  struct GatheredLogTests {
    private let folder = TemporaryFolder()
    private var path: String { "\(folder.path)/gathered.sqlite" }

    @Test("a commit reaches the kernel in one write before its sync, a larger one in a few")
    func oneWrite() throws {
      try #require(recording_install() == SQLITE_OK)
      let connection = try self.connection(synchronous: "FULL")
      for (rows, mostWrites) in [(10, 1), (200, 8)] {
        recording_begin()
        try fill(connection, rows: rows)
        recording_end()
        let kinds = (0..<recording_count()).map { UInt32(recording_at($0).kind) }
        let writes = kinds.count { $0 == RECORDING_WRITE.rawValue }
        #expect(writes >= 1 && writes <= mostWrites, "\(writes) writes of \(rows) rows")
        #expect(kinds.last == RECORDING_SYNC.rawValue)
      }
    }

    @Test(
      "whoever looks sees a commit at once, also one that is not synced",
      arguments: ["FULL", "NORMAL", "OFF"])
    func isSeen(synchronous: String) throws {
      let writer = try connection(synchronous: synchronous)
      let reader = try SQLiteConnection(path: path, mode: .readOnly)
      for round in 1...5 {
        try fill(writer, rows: 20)
        #expect(try reader.integer("SELECT count(*) FROM t WHERE length(a) = 4000") == Int64(20 * round))
        #expect(try reader.text("PRAGMA integrity_check") == "ok")
      }
    }

    @Test(
      "a transaction larger than the cache reads back what it wrote, and leaves nothing when it is rolled back"
    )
    func spilled() throws {
      let writer = try connection(synchronous: "FULL")
      try writer.execute("PRAGMA cache_size = 10; BEGIN")
      try writer.execute(Self.insertion(300))
      #expect(try writer.integer("SELECT sum(length(a)) FROM t") == 300 * 4000)
      try writer.execute("ROLLBACK")
      try fill(writer, rows: 3)
      let reader = try SQLiteConnection(path: path, mode: .readOnly)
      #expect(try reader.integer("SELECT count(*) FROM t") == 3)
      #expect(try reader.text("PRAGMA integrity_check") == "ok")
    }

    private func connection(synchronous: String) throws -> SQLiteConnection {
      let connection = try SQLiteConnection(path: path, mode: .readWriteCreate, gathersLog: true)
      #expect(try connection.text("PRAGMA journal_mode = WAL") == "wal")
      try connection.execute("PRAGMA synchronous = \(synchronous); CREATE TABLE t (a BLOB)")
      return connection
    }

    private func fill(_ connection: SQLiteConnection, rows: Int) throws {
      try connection.execute("BEGIN; \(Self.insertion(rows)); COMMIT")
    }

    private static func insertion(_ rows: Int) -> String {
      """
      WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
      INSERT INTO t SELECT zeroblob(4000) FROM n
      """
    }
  }
}
