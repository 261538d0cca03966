import Files
import Glibc

/// An open file that is read from its beginning to its end.
struct MissionFileInput {
  private let descriptor: Int32
  private let path: String

  /// - Parameter open: the file where it is open already.
  static func open(_ path: String, at open: Int32?) throws(MissionFileFailure) -> MissionFileInput {
    if let open { return try again(open, path: path) }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    return MissionFileInput(descriptor: descriptor, path: path)
  }

  /// A file that is open already, from its beginning; the caller keeps it open.
  private static func again(_ open: Int32, path: String) throws(MissionFileFailure) -> MissionFileInput {
    let descriptor = fcntl(open, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure(path, errno) }
    return MissionFileInput(descriptor: descriptor, path: path)
  }

  func close() { _ = Glibc.close(descriptor) }

  /// Fills the buffer as far as the file goes; 0 at its end.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(MissionFileFailure) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure(path, errno) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  private static func failure(_ path: String, _ code: Int32) -> MissionFileFailure {
    switch code {
    case ENOENT, ENOTDIR:
      return .file(
        FileError(kind: .missing, path: path, place: nil, reason: "the mission file does not exist"))
    case EISDIR:
      return .file(
        FileError(kind: .unreadable, path: path, place: nil, reason: "this is a folder, not a mission file"))
    default:
      return .file(
        FileError(kind: .unreadable, path: path, place: nil, reason: "cannot be read: \(Errno(code))"))
    }
  }
}
