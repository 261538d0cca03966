import Glibc
import MissionCore

/// Finds a program as a shell would: a name with a slash from the working directory on, any other on the search path.
struct ProgramLookup {
  let directory: String
  /// `PATH`; nil for what the system has without one.
  let searchPath: String?

  /// Its absolute path; nil when there is no executable file.
  func find(_ name: String) -> String? {
    guard !name.isEmpty else { return nil }
    if name.utf8.contains(UInt8(ascii: "/")) {
      let path = Self.path(name, from: directory)
      return Self.isExecutable(path) ? path : nil
    }
    let folders = (searchPath ?? "/usr/local/bin:/usr/bin:/bin").split(
      separator: ":", omittingEmptySubsequences: false)
    for folder in folders {
      // An empty or relative one counts from the working directory.
      let place = Self.path(String(folder), from: directory)
      if Self.isExecutable("\(place)/\(name)") { return "\(place)/\(name)" }
    }
    return nil
  }

  /// A path from a folder on, without the parts that lead nowhere (`./`).
  static func path(_ path: String, from folder: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let parts = path.split(separator: "/").filter { $0 != "." }
    return parts.isEmpty ? folder : "\(folder)/\(parts.joined(separator: "/"))"
  }

  static func missing(_ name: String) -> Message {
    "the program \(name) does not exist or is not executable: install it, or name it with its path"
  }

  private static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
