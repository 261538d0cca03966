import Glibc

/// Small files and folders.
enum TextFile {
  static func read(_ path: String) throws(BenchmarkFailure) -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func bytes(_ path: String) throws(BenchmarkFailure) -> [UInt8] {
    guard let file = fopen(path, "r") else { throw .system(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
    return bytes
  }

  static func write(_ path: String, _ text: String) throws(BenchmarkFailure) {
    try write(path, pieces: CollectionOfOne(text))
  }

  /// Piece by piece, so that a file of a million lines needs no memory.
  static func write(_ path: String, pieces: some Sequence<String>) throws(BenchmarkFailure) {
    guard let file = fopen(path, "w") else { throw .system(path) }
    for piece in pieces { fputs(piece, file) }
    guard ferror(file) == 0, fclose(file) == 0 else { throw .system(path) }
  }

  static func makeFolder(_ path: String) throws(BenchmarkFailure) {
    guard mkdir(path, 0o700) == 0 else { throw .system(path) }
  }

  /// Removes a folder with all it holds; what cannot be removed is left to Tests/bench.sh.
  static func removeTree(_ path: String) {
    for name in names(in: path) ?? [] where unlink("\(path)/\(name)") != 0 { removeTree("\(path)/\(name)") }
    rmdir(path)
  }

  /// Nil when the folder cannot be read.
  static func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
