import Failpoints
import Glibc
import SQLite

/// Looks at a journal file before it is opened for writing, and opens it.
struct JournalFile {
  let path: String
  let migrator: Migrator

  /// KiB of pages the writer keeps.
  static let writerCacheKiB = 12 * 1024
  /// Pages in the WAL at which they are folded into the file: rarer folding writes each page fewer times.
  static let checkpointPages = 4000

  /// Opens for writing; creates the file when it is missing, migrates an older one.
  func openForWriting(busy: Duration) throws -> SQLiteConnection {
    try checkNames()
    try FileSystemKind.check(path)
    Failpoint.reach("journal.create.before")
    if try !StateFile.exists(path) { try StateFile.create(path) }
    Failpoint.reach("journal.create.after")
    let found = try versionUntouched()
    let connection = try SQLiteConnection(path: path, mode: .readWrite, busyTimeout: busy)
    let mode = try connection.text("PRAGMA journal_mode = WAL")
    guard mode == "wal" else {
      throw JournalError.unsupportedFileSystem(path: path, reason: "its file system cannot do WAL")
    }
    try connection.execute(
      """
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA temp_store = FILE;
      PRAGMA cache_size = -\(Self.writerCacheKiB);
      PRAGMA wal_autocheckpoint = \(Self.checkpointPages);
      PRAGMA journal_size_limit = 33554432;
      """)
    try migrator.migrate(connection, path: path, from: found)
    try DerivedNames.refresh(connection)
    return connection
  }

  /// Throws when the journal or a file beside it is not safely ours.
  func checkNames() throws(JournalError) {
    for suffix in ["", "-wal", "-shm", ".lock"] { _ = try StateFile.exists(path + suffix) }
  }

  /// The version of the file, 0 when it is new. Throws, without having changed anything, when it is not a
  /// journal, damaged, or newer than this program.
  func versionUntouched() throws -> Int {
    guard let stated = try stated() else { return 0 }
    guard stated.applicationID == Schema.applicationID || stated.isBlank else {
      throw JournalError.unsafeFile(path: path, reason: "is a database of another program")
    }
    guard stated.version <= migrator.newest else {
      throw JournalError.newerVersion(path: path, found: stated.version, supported: migrator.newest)
    }
    return stated.version
  }

  struct Header {
    var applicationID: Int64
    var version: Int
    var isBlank: Bool
  }

  /// What the file says of itself; nil when it is empty.
  private func stated() throws -> Header? {
    // Left by a power cut while the file was being created: it must be rolled back before anything is read, which
    // SQLite does only when it may write.
    if access(path + "-journal", F_OK) == 0 { return try statedThroughSQLite(.readWrite) }
    guard let header = try header() else { return nil }
    // What a WAL that was left holds counts more than the file.
    return access(path + "-wal", F_OK) == 0 ? try statedThroughSQLite(.readOnly) : header
  }

  /// The fields of the first page; nil when the file is empty.
  private func header() throws -> Header? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw StateFile.openFailure(path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = pread(descriptor, &bytes, 100, 0)
    if count < 0 { throw JournalError.diskFails(path: path, reason: StateFile.reason(errno)) }
    if count == 0 { return nil }
    guard count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw JournalError.corrupt(path: path, reason: "it does not begin as a database")
    }
    func field(_ offset: Int) -> Int64 { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int64($1) } }
    // One page and no ids: a journal whose creation was cut short before its tables.
    let isBlank = field(68) == 0 && field(60) == 0 && field(28) <= 1 && field(40) == 0
    return Header(applicationID: field(68), version: Int(field(60)), isBlank: isBlank)
  }

  private func statedThroughSQLite(_ mode: SQLiteConnection.Mode) throws -> Header {
    let connection = try SQLiteConnection(path: path, mode: mode, busyTimeout: .seconds(1))
    let id = try connection.integer("PRAGMA application_id") ?? 0
    let version = try connection.integer("PRAGMA user_version") ?? 0
    let tables = try connection.integer("SELECT count(*) FROM sqlite_schema") ?? 0
    return Header(applicationID: id, version: Int(version), isBlank: id == 0 && version == 0 && tables == 0)
  }
}
