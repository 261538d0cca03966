import Glibc

extension JournalLock {
  /// Whether other journals than the one at `path` were ever opened in its folder: each has a lock file, which stays.
  public static func hasNeighbours(journal path: String) throws(JournalError) -> Bool {
    let folder = StateFile.folder(of: path)
    let own =
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
    guard let directory = opendir(folder) else {
      throw .cannotWrite(path: folder, reason: StateFile.reason(errno))
    }
    defer { closedir(directory) }
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        guard errno == 0 else { throw .diskFails(path: folder, reason: StateFile.reason(errno)) }
        return false
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(".lock"), name != own + ".lock" else { continue }
      if access("\(folder)/\(name.dropLast(5))", F_OK) == 0 { return true }
    }
  }
}
