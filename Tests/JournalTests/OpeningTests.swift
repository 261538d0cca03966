import Glibc
import MissionCore
import SQLite
import TestSupport
import Testing

@testable import Journal

@Suite("Opening the journal", .timeLimit(.minutes(5)))
struct OpeningTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/journal.sqlite" }

  private func openAndClose(_ path: String? = nil) throws {
    try Journal.open(path: path ?? self.path, busy: .milliseconds(50)).close()
  }

  private func bytes(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { return all }
      all += buffer[..<count]
    }
  }

  private func put(_ bytes: [UInt8], _ path: String, at offset: Int = 0) {
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    #expect(pwrite(descriptor, bytes, bytes.count, offset) == bytes.count)
    close(descriptor)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test("a reader in the process of the writer leaves the locks that keep others from taking the WAL away")
  func readerKeepsLocks() throws {
    let journal = try Journal.open(path: path, busy: .seconds(1))
    defer { journal.close() }
    for _ in 1...2 { _ = try JournalReader(path: path).counts() }
    // Closed only with the journal: closing it is what would drop the locks.
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    // SQLite's SHARED range, which a connection in WAL mode holds for as long as it lives.
    var lock = flock(
      l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0x4000_0002, l_len: 510, l_pid: 0)
    let queryOfDescriptor: Int32 = 36  // F_OFD_GETLK: also tells locks of this process
    #expect(withUnsafeMutablePointer(to: &lock) { fcntl(descriptor, queryOfDescriptor, $0) } == 0)
    #expect(lock.l_type == Int16(F_RDLCK), "the process has lost its locks on the journal")
  }

  @Test("its files are 0600 in a folder of 0700")
  func modes() throws {
    let nested = folder.path + "/journal.sqlite.d"
    let path = nested + "/state/journal.sqlite"
    let journal = try Journal.open(path: path, busy: .zero)
    for suffix in ["", "-wal", "-shm", ".lock"] { #expect(mode(path + suffix) == 0o600, "\(suffix)") }
    #expect(mode(nested) == 0o700)
    #expect(mode(nested + "/state") == 0o700)
    journal.close()
    for suffix in ["", ".lock"] { unlink(path + suffix) }
    rmdir(nested + "/state")
    rmdir(nested)
  }

  @Test("a second writer is refused while the first is open", .timeLimit(.minutes(1)))
  func secondWriter() throws {
    let journal = try Journal.open(path: path, busy: .zero)
    let holder = try JournalLock.holder(journal: path)
    #expect(failure { try openAndClose() } == .heldByAnotherRun(path: path, holder: holder))
    journal.close()
    try openAndClose()
  }

  @Test("a symbolic link is refused, as journal and as a file beside it", arguments: ["", "-wal", "-shm"])
  func links(suffix: String) throws {
    let other = folder.path + "/other"
    put([], other)
    symlink(other, path + suffix)
    let refused = failure { try openAndClose() }
    #expect(refused?.exitCode == .cannotWrite)
    #expect("\(refused!)".contains("is a symbolic link"))
    #expect(bytes(other).isEmpty)
    #expect(failure { _ = try JournalReader(path: path) }?.exitCode == .cannotWrite)
  }

  @Test("another owner's file is refused")
  func otherOwner() throws {
    try openAndClose()
    // Only the superuser can give files away; elsewhere there is nothing to see.
    guard chown(path, 12345, 12345) == 0 else { return }
    #expect(failure { try openAndClose() }?.exitCode == .cannotWrite)
  }

  @Test("network file systems are known by their number")
  func fileSystems() {
    #expect(FileSystemKind.networkName(type: 0x6969) == "NFS")
    #expect(FileSystemKind.networkName(type: 0xEF53) == nil)
  }

  @Test("another program's database is refused and not changed")
  func foreign() throws {
    let other = try SQLiteConnection(path: path, mode: .readWriteCreate)
    try other.execute("CREATE TABLE contacts(name)")
    other.close()
    let before = bytes(path)
    #expect(failure { try openAndClose() }?.exitCode == .cannotWrite)
    #expect(bytes(path) == before)
  }

  @Test("a newer journal is refused and not changed", arguments: [false, true])
  func newer(leavingWAL: Bool) throws {
    try openAndClose()
    let connection = try SQLiteConnection(path: path, mode: .readWrite)
    try connection.execute("PRAGMA user_version = 99")
    if leavingWAL {
      // A copy taken while the connection is open has the new version in its WAL only.
      put(bytes(path + "-wal"), folder.path + "/copy-wal")
      put(bytes(path), folder.path + "/copy")
      connection.close()
      for suffix in ["", "-wal"] { rename(folder.path + "/copy" + suffix, path + suffix) }
    } else {
      connection.close()
    }
    let before = bytes(path)
    let refused = failure { try openAndClose() }
    #expect(refused == .newerVersion(path: path, found: 99, supported: Migrator.current.newest))
    #expect(refused?.exitCode == .journalBroken)
    #expect(bytes(path) == before)
    #expect(failure { _ = try JournalReader(path: path) }?.exitCode == .journalBroken)
  }

  @Test("text where the header should be is damage, and not touched")
  func damagedHeader() throws {
    try openAndClose()
    put(Array("nonsense".utf8), path)
    let before = bytes(path)
    let refused = failure { try openAndClose() }
    #expect(refused?.exitCode == .journalBroken)
    #expect(bytes(path) == before)
  }

  @Test("a damaged page stops with 74 and says what to do, and the journal is not made anew")
  func damagedPage() throws {
    let journal = try Journal.open(path: path, busy: .zero)
    let missions = (0..<2000).map { mission($0) }
    _ = try journal.importMissions(missions, at: start)
    journal.close()
    let size = bytes(path).count
    for page in 2..<(size / 4096) { put([UInt8](repeating: 0x5A, count: 4096), path, at: page * 4096) }
    let error = failure {
      let journal = try Journal.open(path: path, busy: .zero)
      defer { journal.close() }
      let transition = MissionTransition(mission: missions[500].id, change: .cancelled, events: [], at: start)
      try journal.write([.mission(transition)], runID: nil)
    }
    #expect(error?.exitCode == .journalBroken)
    #expect("\(error!)".contains("restore a backup"))
    #expect(bytes(path).count == size)
  }

  @Test("a journal whose creation was cut short is completed", arguments: [false, true])
  func cutShort(hasFirstPage: Bool) throws {
    put([], path)
    if hasFirstPage {
      let connection = try SQLiteConnection(path: path, mode: .readWrite)
      try connection.execute("PRAGMA journal_mode = WAL")
      connection.close()
    }
    #expect(failure { _ = try JournalReader(path: path) }?.exitCode == .notFound)
    try openAndClose()
    #expect(try JournalReader(path: path).counts().total == 0)
  }

  @Test("an older journal is backed up, then brought up to date")
  func migration() throws {
    let old = try Journal.open(path: path, busy: .zero)
    _ = try old.importMissions([mission(1), mission(2)], at: start)
    old.close()
    let newest = Migrator.current.newest
    let next = Migration(version: newest + 1, sql: "ALTER TABLE missions ADD COLUMN note TEXT")
    let migrator = Migrator(migrations: Migrations.all + [next])
    try Journal.open(path: path, busy: .zero, migrator: migrator).close()

    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(try connection.integer("PRAGMA user_version") == Int64(newest + 1))
    #expect(try connection.integer("SELECT count(*) FROM missions WHERE note IS NULL") == 2)
    let backup = try JournalReader(path: path + ".v\(newest).backup")
    #expect(try backup.counts().pending == 2)
    #expect(mode(path + ".v\(newest).backup") == 0o600)
    #expect(access(path + ".v\(newest).backup.partial", F_OK) != 0)
  }

  @Test("a migration that fails leaves the old journal whole")
  func failedMigration() throws {
    try openAndClose()
    let steps = [Migration(version: Migrator.current.newest + 1, sql: "CREATE TABLE extra(a); nonsense")]
    let migrator = Migrator(migrations: Migrations.all + steps)
    #expect(failure { _ = try Journal.open(path: path, busy: .zero, migrator: migrator) } != nil)
    try openAndClose()
    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") == 0)
  }

  @Test("a torn WAL tail and a missing -shm leave what was committed")
  func tornTail() throws {
    let journal = try Journal.open(path: path, busy: .zero)
    for day in 0..<20 { _ = try journal.importMissions([mission(day)], at: start) }
    let copy = folder.path + "/copy.sqlite"
    let wal = bytes(path + "-wal")
    put(bytes(path), copy)
    put(Array(wal.dropLast(4096 * 3 + 100)), copy + "-wal")
    journal.close()

    let reader = try JournalReader(path: copy)
    let readable = try reader.counts().total
    let reopened = try Journal.open(path: copy, busy: .zero)
    let counts = try reopened.importMissions((0..<20).map { mission($0) }, at: start)
    #expect(counts.known == readable)
    #expect(counts.known > 0 && counts.known < 20)
    #expect(counts.new == 20 - counts.known)
    reopened.close()
    let connection = try SQLiteConnection(path: copy, mode: .readOnly)
    #expect(try connection.text("PRAGMA integrity_check") == "ok")
  }

  @Test("a full disk stops with 73; what was acknowledged stays, and space lets it go on")
  func fullDisk() throws {
    let journal = try Journal.open(path: path, busy: .zero)
    _ = try journal.importMissions([mission(0)], at: start)
    try journal.perform { store in
      let pages = try store.connection.integer("PRAGMA page_count")!
      try store.connection.execute("PRAGMA max_page_count = \(pages + 2)")
    }
    let refused = failure { _ = try journal.importMissions((1..<5000).map { mission($0) }, at: start) }
    #expect(refused == .diskFull(path: path))
    #expect(refused?.exitCode == .cannotWrite)
    #expect(try JournalReader(path: path).counts().total == 1)
    try journal.perform { store in try store.connection.execute("PRAGMA max_page_count = 1000000") }
    #expect(try journal.importMissions((1..<50).map { mission($0) }, at: start).new == 49)
    journal.close()
  }

  @Test("a program that locks the file is waited for, then named")
  func busy() throws {
    let journal = try Journal.open(path: path, busy: .milliseconds(5))
    let other = try SQLiteConnection(path: path, mode: .readWrite)
    try other.execute("BEGIN IMMEDIATE")
    #expect(failure { _ = try journal.importMissions([mission(1)], at: start) } == .busy(path: path))
    try other.execute("ROLLBACK")
    #expect(try journal.importMissions([mission(1)], at: start).new == 1)
    journal.close()
  }

  @Test("a missing journal is 66 for a reader, which leaves nothing behind")
  func missing() throws {
    #expect(failure { _ = try JournalReader(path: path) }?.exitCode == .notFound)
    #expect(access(path, F_OK) != 0)
    try openAndClose()
    do { _ = try JournalReader(path: path).counts() }
    #expect(access(path + "-wal", F_OK) != 0)
    #expect(access(path + "-shm", F_OK) != 0)
  }
}
