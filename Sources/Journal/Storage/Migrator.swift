import Failpoints
import Files
import Glibc
import SQLite

/// A step that brings the tables to `version`.
struct Migration {
  let version: Int
  let sql: String
}

/// Brings a journal up to the newest version, with a backup of an older one first.
struct Migrator {
  let migrations: [Migration]

  static let current = Migrator(migrations: Migrations.all)

  var newest: Int { migrations.last?.version ?? 0 }

  /// Runs what is missing, each step in its own transaction; a new journal is made in one, so that a process that dies
  /// meanwhile leaves none that looks like an older version. `found` is the version of the file now.
  func migrate(_ connection: SQLiteConnection, path: String, from found: Int) throws {
    let missing = migrations.filter { $0.version > found }
    guard let last = missing.last else { return }
    if found == 0 { return try apply(missing.map(\.sql).joined(), version: last.version, to: connection) }
    try backUp(connection, path: path, version: found)
    for migration in missing { try apply(migration.sql, version: migration.version, to: connection) }
  }

  private func apply(_ sql: String, version: Int, to connection: SQLiteConnection) throws {
    try connection.execute("BEGIN IMMEDIATE")
    do {
      try connection.execute(sql)
      try connection.execute("PRAGMA application_id = \(Schema.applicationID)")
      try connection.execute("PRAGMA user_version = \(version)")
      Failpoint.reach("journal.migration.commit.before")
      try connection.execute("COMMIT")
      Failpoint.reach("journal.migration.commit.after")
    } catch {
      // The first error counts; what a failed rollback leaves is undone when the file is opened next.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// Keeps `<path>.v<version>.backup`, whole or not at all.
  private func backUp(_ connection: SQLiteConnection, path: String, version: Int) throws {
    let backup = "\(path).v\(version).backup"
    let partial = backup + ".partial"
    if try StateFile.exists(partial) { unlink(partial) }
    // Created here so that it is 0600; VACUUM INTO takes an empty file.
    try StateFile.create(partial)
    let vacuum = try connection.prepare("VACUUM INTO ?")
    try vacuum.bind(partial, at: 1)
    Failpoint.reach("journal.backup.write.before")
    try vacuum.run()
    Failpoint.reach("journal.backup.write.after")
    let descriptor = open(partial, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw StateFile.openFailure(partial) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw JournalError.cannotWrite(path: partial, reason: StateFile.reason(errno))
    }
    Failpoint.reach("journal.backup.rename.before")
    do throws(Errno) { try Folder.rename(partial, to: backup) } catch {
      throw StateFile.openFailure(backup, error)
    }
    Failpoint.reach("journal.backup.rename.after")
  }
}
