import Glibc
import TestSupport

/// A folder of its own in memory, where thousands of images cost no disk; removed with it.
final class MemoryFolder {
  private let folder = TemporaryFolder(in: access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
  var path: String { folder.path }

  func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(descriptor >= 0, "\(path): \(String(cString: strerror(errno)))")
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      precondition(count > 0, "\(path): \(String(cString: strerror(errno)))")
      rest = rest.dropFirst(count)
    }
  }
}
