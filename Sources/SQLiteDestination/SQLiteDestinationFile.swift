import Failpoints
import Files
import Glibc
import MissionCore
import Ports
import SQLite

/// Opens the file of a SQLite destination: its safety, its settings, its tables.
struct SQLiteDestinationFile: Sendable {
  let path: String
  let busyTimeout: Duration
  /// Nil for what SQLite can hold at all.
  let largestPageCount: Int?

  /// Larger pages than SQLite's 4096 hold several ads of about 1 kB each without waste: a third more loads/s.
  private static let pageSize = 8192
  /// Pages in the WAL before they are moved to the file: 4 MB. A WAL that begins anew writes over what it has on the disk,
  /// which costs less than making its file longer.
  private static let checkpointPages = 500
  /// What is left of the WAL's file after a large load.
  private static let largestIdleWAL = 64 << 20

  /// A connection that is ready to load.
  func open() throws(DestinationError) -> SQLiteConnection {
    try prepareFile()
    do throws(SQLiteError) {
      let connection = try SQLiteConnection(path: path, mode: .readWrite, busyTimeout: busyTimeout)
      try connection.execute("PRAGMA page_size = \(Self.pageSize)")
      guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
        throw SQLiteError(extendedCode: 1, message: "this file system cannot hold a write-ahead log")
      }
      try connection.execute(
        """
        PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
        PRAGMA wal_autocheckpoint = \(Self.checkpointPages);
        PRAGMA journal_size_limit = \(Self.largestIdleWAL)
        """)
      if let largestPageCount { try connection.execute("PRAGMA max_page_count = \(largestPageCount)") }
      return connection
    } catch { throw DestinationError(error, opening: path) }
  }

  /// Sees to it that the file exists, is ours and is no symbolic link.
  private func prepareFile() throws(DestinationError) {
    do throws(FileFailure) { try Folder.make(Folder.parent(of: path)) } catch {
      throw refused("cannot be created: \(error.path): \(error.reason)")
    }
    // An existing file is only looked at: opening and closing it would drop the locks that another connection of
    // this process may hold on it (POSIX locks belong to process and file, not to descriptors).
    do throws(Errno) {
      Glibc.close(try OwnFile.create(path))
      Failpoint.reach("destination.create.after")
      return
    } catch {
      guard error == Errno(EEXIST) else { throw refused("cannot be created: \(error)") }
    }
    var status = stat()
    guard lstat(path, &status) == 0 else { throw refused("cannot be examined: \(Errno.last)") }
    if let refusal = OwnFile.refusal(status) { throw refused(refusal.message) }
  }

  private func refused(_ why: Message) -> DestinationError {
    DestinationError(.destinationRefused, "\(path) \(why)")
  }
}
