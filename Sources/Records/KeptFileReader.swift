import Crypto
import Glibc
import MissionCore
import Ports

/// Gives the bytes of a kept file, piece by piece in bounded memory. The last piece is only given once the bytes are
/// known to be the ones that were listed: no store ever gets the whole of others.
package final class KeptFileReader {
  private let path: String
  private let descriptor: Int32
  private let file: KeptFile
  private var hash = SHA256()
  private var read: Int64 = 0
  private var isConfirmed = false

  /// - Throws: `.lost` for a file that is not there or is none, `.inputOutput` when that cannot be told.
  package init(_ file: KeptFile, at path: String) throws(SpoolError) {
    self.path = path
    self.file = file
    descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if [ENOENT, ENOTDIR, ELOOP].contains(errno) { throw .lost(path: path) }
      throw .inputOutput(operation: "open", path: path, errno: errno)
    }
    var status = stat()
    let number = fstat(descriptor, &status) == 0 ? 0 : errno
    let isRight = status.st_mode & S_IFMT == S_IFREG && Int64(status.st_size) == file.size
    if number != 0 { throw .inputOutput(operation: "fstat", path: path, errno: number) }
    guard isRight else { throw .lost(path: path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills as much as `buffer` takes; 0 at the end.
  package func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(SpoolError) -> Int {
    let count = try readOnce(buffer)
    hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    read += Int64(count)
    guard read <= file.size, count > 0 || read == file.size else { throw .lost(path: path) }
    if read == file.size, !isConfirmed {
      guard hash.finalizeHex() == file.sha256 else { throw .lost(path: path) }
      isConfirmed = true
    }
    return count
  }

  private func readOnce(_ buffer: UnsafeMutableRawBufferPointer) throws(SpoolError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw .inputOutput(operation: "read", path: path, errno: errno) }
    }
  }
}
