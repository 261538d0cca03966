import Files
import Glibc

/// A path in which `*`, `?` and `[…]` stand for names, as in a shell. Other than `glob` it says what it could not
/// look at, so that a folder that is not readable is no folder without files.
struct PathPattern {
  /// A folder or file that could not be looked at.
  struct Failure: Hashable {
    let path: String
    let reason: String
  }

  private(set) var matches: [String] = []
  private(set) var failures: [Failure] = []

  static func isPattern(_ text: String) -> Bool { text.utf8.contains { "*?[".utf8.contains($0) } }

  /// Looks at once. A pattern that is itself the name of a file is that file.
  init(_ pattern: String) {
    var status = stat()
    if lstat(pattern, &status) == 0 {
      matches = [pattern]
      return
    }
    var found = [pattern.hasPrefix("/") ? "/" : ""]
    let parts = pattern.split(separator: "/").map(String.init)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      found = Self.isPattern(part) ? found.flatMap { names(in: $0, like: part) } : found.map { $0 + part }
      if !isLast { found = found.map { $0 + "/" } }
    }
    matches = found.filter { exists($0) }.sorted()
  }

  /// - Parameter folder: with its slash, or nothing for the working directory.
  private mutating func names(in folder: String, like part: String) -> [String] {
    var names: [String] = []
    do throws(Errno) {
      try Folder.eachName(in: folder.isEmpty ? "." : folder) { name in
        if fnmatch(part, name, FNM_PERIOD) == 0 { names.append(folder + name) }
        return true
      }
    } catch { note(folder, error.code) }
    return names
  }

  private mutating func exists(_ path: String) -> Bool {
    var status = stat()
    if lstat(path, &status) == 0 { return true }
    note(path, errno)
    return false
  }

  /// What is not there is no failure.
  private mutating func note(_ path: String, _ code: Int32) {
    if code == ENOENT || code == ENOTDIR { return }
    let shown = path.isEmpty ? "." : path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    failures.append(Failure(path: shown, reason: Errno(code).description))
  }
}
