import Glibc

/// Folders by their path.
package enum Folder {
  /// The folder that `path` lies in.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the folder with what is missing above it, each for us alone (0700); fails with the one that could not be made.
  package static func make(_ path: String) throws(FileFailure) {
    do throws(FileFailure) { try makeLast(path) } catch {
      guard error.cause == Errno(ENOENT), parent(of: path) != ".", parent(of: path) != path else {
        throw error
      }
      try make(parent(of: path))
      try makeLast(path)
    }
  }

  /// Makes the folder, for us alone, when it is missing; its own folder must exist.
  package static func makeLast(_ path: String) throws(FileFailure) {
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileFailure(path, .last) }
  }

  /// Gives a file that is on disk already its name, in place of what bears it; on disk as well when it returns.
  package static func rename(_ temporary: String, to path: String) throws(Errno) {
    guard Glibc.rename(temporary, path) == 0 else { throw .last }
    try synchronize(parent(of: path))
  }

  /// The names in the folder are on disk when it returns.
  package static func synchronize(_ path: String) throws(Errno) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    // Some file systems cannot sync a folder and say EINVAL; their names are durable without it.
    if fsync(descriptor) != 0, errno != EINVAL { throw .last }
  }

  /// Calls `body` with each name in the folder but `.` and `..`, until it answers false.
  package static func eachName(in path: String, _ body: (String) -> Bool) throws(Errno) {
    guard let folder = opendir(path) else { throw .last }
    defer { closedir(folder) }
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        if errno != 0 { throw .last }
        return
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != "..", !body(name) { return }
    }
  }

  /// All names in the folder but `.` and `..`; none when it cannot be read.
  package static func names(in path: String) -> [String] {
    var names: [String] = []
    do throws(Errno) {
      try eachName(in: path) { name in
        names.append(name)
        return true
      }
    } catch { return [] }
    return names
  }
}
