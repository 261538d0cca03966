import Glibc

/// Where a file that a person named is really written.
///
/// A symbolic link is written through: what it points to is replaced, the link stays. Only files are replaced: not
/// folders, and not what a program listens to (a pipe, a device).
package enum OutputPlace {
  /// As many as Linux itself follows.
  private static let mostLinks = 40

  /// O_TMPFILE of fcntl.h, which Swift's Glibc module leaves out.
  private static let temporaryFile: Int32 = 0o20000000 | O_DIRECTORY

  /// Finds out without writing anything that stays: the folder is there, takes a new file, and what is there now may
  /// be replaced.
  package static func requireWritable(_ path: String) throws(FileFailure) {
    let place = try target(of: path)
    try requireOwnerWhereSticky(place, for: path)
    // Whether a folder takes files is known only by giving it one: without a name, so that nobody has to remove it.
    let nameless = open(Folder.parent(of: place), O_WRONLY | temporaryFile | O_CLOEXEC, 0o600)
    if nameless >= 0 {
      close(nameless)
      return
    }
    // Not every file system has such files; then one with a name, given up at once.
    guard [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) else { throw FileFailure(path, .last) }
    _ = try AtomicFile(path: path)
  }

  /// The file at the end of all links; it need not exist, its folder must.
  static func target(of path: String) throws(FileFailure) -> String {
    try requireFile(path)
    var place = path
    for _ in 0..<mostLinks {
      guard let next = link(place) else { return place }
      place = next.hasPrefix("/") ? next : Folder.parent(of: place) + "/" + next
    }
    throw FileFailure(path, Errno(ELOOP))
  }

  private static func link(_ path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = bytes.withUnsafeMutableBytes {
      readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static func requireFile(_ path: String) throws(FileFailure) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      // Not there yet, or its folder is missing, which creating it tells.
      guard errno == ENOENT || errno == ENOTDIR else { throw FileFailure(path, .last) }
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw FileFailure(path, Errno(EISDIR))
    default: throw FileFailure(path, "it is not a regular file")
    }
  }

  /// In a folder like /tmp only its owner may replace a file.
  private static func requireOwnerWhereSticky(_ place: String, for path: String) throws(FileFailure) {
    var folder = stat()
    var file = stat()
    guard geteuid() != 0, stat(Folder.parent(of: place), &folder) == 0, stat(place, &file) == 0,
      folder.st_mode & S_ISVTX != 0
    else { return }
    let owners = [file.st_uid, folder.st_uid]
    if !owners.contains(geteuid()) { throw FileFailure(path, Errno(EPERM)) }
  }
}
