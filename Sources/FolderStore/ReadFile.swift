import Crypto
import Glibc
import Ports

/// A file that is read from front to back, never through a symbolic link.
final class ReadFile {
  private let descriptor: Int32
  private let path: String

  /// Nil when there is none, nor a folder that it could lie in.
  init?(at path: String) throws(AuditError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system("open", path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system("fstat", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AuditError(code: .storeOther, message: "\(path) is not a regular file")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func read(_ body: (UnsafeRawBufferPointer) -> Void) throws(AuditError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: FileDigests.pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = Glibc.read(descriptor, piece.baseAddress!, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system("read", path) }
      if count == 0 { return }
      body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }
}

/// What is known of a file's bytes once they went by.
struct FileDigests {
  /// Bytes read or written at a time.
  static let pieceSize = 256 << 10

  private var md5 = MD5()
  private var hash = SHA256()
  private(set) var size: Int64 = 0

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    md5.update(bytes)
    hash.update(bytes)
    size += Int64(bytes.count)
  }

  var etag: String { "\"\(md5.finalizeHex())\"" }
  var sha256: String { hash.finalizeHex() }
}
