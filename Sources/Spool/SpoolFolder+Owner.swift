import Failpoints
import Files
import Glibc
import Ports

// Whose the folder is.
extension SpoolFolder {
  private var ownerPath: String { path + "/.owner" }

  /// Nil when nobody's name stands in it.
  func owner() throws(SpoolError) -> SpoolOwner? {
    let bytes: [UInt8]
    do throws(SpoolError) { bytes = try OpenFile(reading: ownerPath).read(1024, at: 0) } catch .lost {
      return nil
    }
    guard let owner = SpoolOwner(text: String(decoding: bytes, as: UTF8.self)) else {
      throw .unsafe(path: ownerPath, why: "names no journal")
    }
    return owner
  }

  /// On disk when it returns.
  func setOwner(_ owner: SpoolOwner) throws(SpoolError) {
    if try self.owner() == owner { return }
    let path = ownerPath + ".new"
    Failpoint.reach("spool.owner.write.before")
    let file = try OpenFile(creating: path)
    try file.write(Array(owner.text.utf8), at: 0)
    try file.synchronize()
    do throws(Errno) { try Folder.rename(path, to: ownerPath) } catch {
      throw .system("rename", path, error.code)
    }
    Failpoint.reach("spool.owner.write.after")
  }

  /// The folder is nobody's any more.
  func removeOwner() {
    remove(ownerPath + ".new")
    remove(ownerPath)
    Failpoint.reach("spool.owner.remove.after")
  }

  /// Whether anything of a spool is in the folder: results, given up ones, segments, temporary files.
  func holdsFiles() throws(SpoolError) -> Bool {
    var isHolding = false
    try visitFiles { _, _ in isHolding = true }
    return isHolding
  }

  /// Locks the folder until this object goes; false when another process has it, or it was removed meanwhile.
  func lock() throws(SpoolError) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      guard errno == EINTR else { throw .last("flock", path) }
    }
    var (opened, named) = (stat(), stat())
    guard fstat(descriptor, &opened) == 0 else { throw .last("fstat", path) }
    return lstat(path, &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }
}
