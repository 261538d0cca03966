import Glibc

/// What lies in a folder and all folders in it.
struct FolderContent: Equatable {
  var files = 0
  var bytes = 0

  init(_ path: String) throws(BenchmarkFailure) { try add(path) }

  private mutating func add(_ path: String) throws(BenchmarkFailure) {
    guard let names = TextFile.names(in: path) else { throw .system(path) }
    for name in names {
      var status = stat()
      guard lstat("\(path)/\(name)", &status) == 0 else { throw .system("\(path)/\(name)") }
      if status.st_mode & S_IFMT == S_IFDIR {
        try add("\(path)/\(name)")
      } else {
        files += 1
        bytes += Int(status.st_size)
      }
    }
  }
}
