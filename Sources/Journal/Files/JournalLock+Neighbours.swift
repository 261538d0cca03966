import Files
import Glibc

extension JournalLock {
  /// Whether other journals than the one at `path` were ever opened in its folder: each has a lock file, which stays.
  public static func hasNeighbours(journal path: String) throws(JournalError) -> Bool {
    let folder = Folder.parent(of: path)
    let own =
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
    var hasFound = false
    do throws(Errno) {
      try Folder.eachName(in: folder) { name in
        hasFound =
          name.hasSuffix(".lock") && name != own + ".lock"
          && access("\(folder)/\(name.dropLast(5))", F_OK) == 0
        return !hasFound
      }
    } catch { throw StateFile.openFailure(folder, error) }
    return hasFound
  }
}
