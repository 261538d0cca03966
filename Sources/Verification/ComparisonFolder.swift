import Files
import Glibc
import MissionCore

/// A folder beside the journal for objects while they are compared; it goes with the command.
///
/// A lock on it says that its command lives: what a killed one left is removed by the next.
package final class ComparisonFolder: Sendable {
  private static let prefix = "verify-"
  private static let tries = 3

  private let path: String
  private let lock: Int32

  /// - Parameter journal: its file.
  package init(beside journal: String) throws(CommandFailure) {
    let folder = Folder.parent(of: journal)
    Self.sweep(folder)
    for _ in 0..<Self.tries {
      let path = folder + "/" + Self.prefix + String(UInt64.random(in: 0 ... .max), radix: 16)
      guard mkdir(path, 0o700) == 0 else {
        throw CommandFailure(.cannotWrite, "\(path) cannot be created: \(Errno.last)")
      }
      // Another command may have swept it before it was locked.
      if let lock = Self.lock(path) {
        self.path = path
        self.lock = lock
        return
      }
    }
    throw CommandFailure(.cannotWrite, "no folder for comparing could be kept in \(folder)")
  }

  deinit {
    Self.remove(path)
    close(lock)
  }

  func path(for mission: MissionID) -> String { "\(path)/\(mission).part" }

  private static func sweep(_ folder: String) {
    // What cannot be listed or removed now is left to the next time.
    for name in Folder.names(in: folder) where name.hasPrefix(prefix) {
      let path = folder + "/" + name
      guard let lock = lock(path) else { continue }
      remove(path)
      close(lock)
    }
  }

  /// Nil when somebody else has it, or it is no folder of ours.
  private static func lock(_ path: String) -> Int32? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    let isOurs =
      flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &status) == 0
      && status.st_uid == geteuid() && status.st_nlink > 0
    if isOurs { return descriptor }
    close(descriptor)
    return nil
  }

  /// Only what `path(for:)` names: the folder holds nothing else.
  private static func remove(_ path: String) {
    for name in Folder.names(in: path) where name.hasSuffix(".part") { unlink(path + "/" + name) }
    rmdir(path)
  }
}
