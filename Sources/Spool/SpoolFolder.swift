import Files
import Glibc
import MissionCore
import Ports

/// The folder of the spool and the names in it. Every call blocks; it may be used from any thread.
final class SpoolFolder: Sendable {
  let path: String
  /// Open as long as this object lives; fsynced after renames.
  let descriptor: Int32

  /// Creates the folder (0700) and what is missing above it; refuses one that is not safely ours.
  init(_ path: String) throws(SpoolError) {
    self.path = path
    do throws(FileFailure) { try Folder.make(path) } catch {
      throw .system("mkdir", error.path, error.cause?.code ?? EIO)
    }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      // With O_DIRECTORY a symbolic link is answered with ENOTDIR.
      throw errno == ENOTDIR ? .unsafe(path: path, why: "is not a folder") : .last("open", path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    guard status.st_uid == geteuid() else {
      throw .unsafe(path: path, why: OwnFile.Refusal.isForeign.message)
    }
    guard status.st_mode & 0o077 == 0 || fchmod(descriptor, 0o700) == 0 else { throw .last("chmod", path) }
    guard access(path, W_OK) == 0 else { throw .last("access", path) }
  }

  deinit { close(descriptor) }

  /// With the start of the mission that brought the result; 0 when that is not known.
  func resultPath(_ mission: MissionID, attempt: Int) -> String {
    attempt == 0 ? "\(path)/\(mission).json" : "\(path)/\(mission).\(attempt).json"
  }
  /// Bytes that were given up.
  func lostPath(_ mission: MissionID) -> String { "\(path)/\(mission).json.lost" }
  func partPath(_ mission: MissionID) -> String { "\(path)/\(mission).part" }
  /// A result on its way out of a segment.
  func movingPath(_ mission: MissionID) -> String { "\(path)/\(mission).move" }
  func segmentPath(_ number: Int) -> String { "\(path)/segment-\(number).spool" }
  var marksPath: String { path + "/marks.spool" }

  /// The renames and removals so far are on disk when it returns.
  func synchronize() throws(SpoolError) {
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }

  func publish(_ from: String, as mission: MissionID, attempt: Int) throws(SpoolError) {
    guard rename(from, resultPath(mission, attempt: attempt)) == 0 else { throw .last("rename", from) }
  }

  /// False when it is still there; what was not there counts as removed.
  @discardableResult
  func remove(_ path: String) -> Bool { unlink(path) == 0 || errno == ENOENT }

  func exists(_ path: String) throws(SpoolError) -> Bool {
    var status = stat()
    if lstat(path, &status) == 0 { return true }
    guard errno == ENOENT else { throw .last("lstat", path) }
    return false
  }

  /// Keeps the mission's file under another name; false when there is none or it cannot be renamed, and then it stays
  /// where it is.
  func putAside(_ mission: MissionID, attempt: Int) -> Bool {
    rename(resultPath(mission, attempt: attempt), lostPath(mission)) == 0
  }

  /// What a name in the folder stands for.
  enum File {
    case result(MissionID, attempt: Int)
    case part(MissionID)
    case moving(MissionID)
    case lost(MissionID)
    case segment(Int)

    /// Nil for a name that the spool does not give.
    init?(name: String) {
      if name.hasPrefix("segment-"), name.hasSuffix(".spool") {
        let digits = name.dropFirst(8).dropLast(6)
        guard let number = Int(digits), number > 0, "\(number)" == digits else { return nil }
        self = .segment(number)
        return
      }
      if name.hasSuffix(".json.lost"), name.utf8.count == 46, let mission = MissionID(name.dropLast(10)) {
        self = .lost(mission)
        return
      }
      if name.hasSuffix(".json"), name.utf8.count > 42, let mission = MissionID(name.prefix(36)) {
        let digits = name.dropFirst(37).dropLast(5)
        guard let attempt = Int(digits), attempt > 0, name == "\(mission).\(attempt).json" else { return nil }
        self = .result(mission, attempt: attempt)
        return
      }
      guard name.utf8.count == 41, let mission = MissionID(name.dropLast(5)) else { return nil }
      switch name.suffix(5) {
      case ".json": self = .result(mission, attempt: 0)
      case ".part": self = .part(mission)
      case ".move": self = .moving(mission)
      default: return nil
      }
    }
  }

  /// Calls `body` for each file that the spool may have made, marks apart.
  func visitFiles(_ body: (_ path: String, _ file: File) -> Void) throws(SpoolError) {
    do throws(Errno) {
      try Folder.eachName(in: path) { name in
        if let file = File(name: name) { body("\(path)/\(name)", file) }
        return true
      }
    } catch { throw .system("opendir", path, error.code) }
  }

  /// Bytes that may still be written here.
  func freeSpace() -> Int64 {
    var status = statvfs()
    guard fstatvfs(descriptor, &status) == 0 else { return 0 }
    return Int64(status.f_bavail) * Int64(status.f_frsize)
  }
}
