import Failpoints
import Glibc
import SQLite

/// Looks at a journal file before it is opened for writing, and opens it.
struct JournalFile {
  let path: String
  let migrator: Migrator

  /// KiB of pages the writer keeps.
  static let writerCacheKiB = 12 * 1024
  /// Pages in the WAL at which they are folded into the file. A WAL that begins anew writes over what it has on the disk,
  /// which costs less than making its file longer: rarer folding takes more CPU, not less.
  static let checkpointPages = 1000

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
      PRAGMA secure_delete = OFF;
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
    return try judged(stated)
  }

  /// The version of a journal that says this of itself.
  func judged(_ stated: Header) throws(JournalError) -> Int {
    guard stated.applicationID == Schema.applicationID || stated.isBlank else {
      throw JournalError.unsafeFile(path: path, reason: "is a database of another program")
    }
    guard stated.version <= migrator.newest else {
      throw JournalError.newerVersion(path: path, found: stated.version, supported: migrator.newest)
    }
    return stated.version
  }

  /// What a file says of itself.
  struct Header {
    let applicationID: Int64
    let version: Int
    /// A journal whose creation was cut short before its tables.
    let isBlank: Bool

    init(_ connection: SQLiteConnection) throws(SQLiteError) {
      applicationID = try connection.integer("PRAGMA application_id") ?? 0
      version = Int(try connection.integer("PRAGMA user_version") ?? 0)
      let tables = try connection.integer("SELECT count(*) FROM sqlite_schema") ?? 0
      isBlank = applicationID == 0 && version == 0 && tables == 0
    }
  }

  /// What the file says of itself; nil when it is empty.
  ///
  /// Never by opening the file: closing it again would drop the locks that other connections of this process hold on it
  /// (POSIX locks belong to process and file, not to descriptors), and whoever looks into the journal with another program
  /// would then take the write-ahead log away under a run that writes it.
  private func stated() throws -> Header? {
    // Left by a power cut while the file was being created: it must be rolled back before anything is read, which
    // SQLite does only when it may write.
    let hasHotJournal = access(path + "-journal", F_OK) == 0
    guard try hasHotJournal || !isEmpty() else { return nil }
    // A reader makes a WAL where there is none and could not remove it again.
    let hasWAL = access(path + "-wal", F_OK) == 0
    do throws(SQLiteError) {
      let mode: SQLiteConnection.Mode = hasWAL && !hasHotJournal ? .readOnly : .readWrite
      return try Header(SQLiteConnection(path: path, mode: mode, busyTimeout: .seconds(1)))
    } catch {
      guard error.isNotADatabase else { throw error }
      throw JournalError.corrupt(path: path, reason: "it does not begin as a database")
    }
  }

  private func isEmpty() throws(JournalError) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw StateFile.openFailure(path) }
    return status.st_size == 0
  }
}
