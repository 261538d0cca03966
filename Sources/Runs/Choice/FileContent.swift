import Glibc

/// Looks at a file that may be there already.
package enum FileContent {
  /// Whether anything has this name.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether there is no such file, as far as that can be told: a folder that cannot be searched proves nothing.
  static func isMissing(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR)
  }

  /// Whether the plain file at `path` holds exactly `content`; false as well when it cannot be read.
  package static func equals(_ path: String, _ content: [UInt8]) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == content.count
    else { return false }
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    var compared = 0
    while compared < content.count {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0, compared + count <= content.count,
        chunk[..<count].elementsEqual(content[compared..<(compared + count)])
      else { return false }
      compared += count
    }
    return true
  }

  /// What a plain file holds; nil when it holds more than `limit` or cannot be read.
  package static func bytes(of path: String, atMost limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      return nil
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
