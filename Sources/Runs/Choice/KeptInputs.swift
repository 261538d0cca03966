import Files
import Glibc
import MissionCore

/// Copies of mission files that can be read only once (a pipe, standard input, a FIFO), for a program that has to
/// read them twice. They have no name and go with the process.
struct KeptInputs {
  private var descriptors: [String: Int32] = [:]

  /// The copy of this input; nil for a plain file, which can be opened again.
  subscript(path: String) -> Int32? { descriptors[path] }

  /// Copies the input when it cannot be opened again with the same bytes. One that cannot be opened is left to its
  /// reader to tell.
  mutating func keep(_ path: String) throws(CommandFailure) {
    guard descriptors[path] == nil, Self.canBeReadOnce(path) else { return }
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { return }
    defer { close(source) }
    let copy = try Self.nameless()
    try Self.copy(source, to: copy, path)
    descriptors[path] = copy
  }

  /// Whether it is there and gives its bytes only once.
  static func canBeReadOnce(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  private static func nameless() throws(CommandFailure) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/mission-control-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure(folder, errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
  }

  private static func copy(_ source: Int32, to copy: Int32, _ path: String) throws(CommandFailure) {
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = read(source, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw CommandFailure(.inputErrors, "\(path): cannot be read: \(reason(errno))")
      }
      if count == 0 { return }
      var start = 0
      while start < count {
        let written = chunk.withUnsafeBytes { write(copy, $0.baseAddress! + start, count - start) }
        if written < 0, errno == EINTR { continue }
        guard written >= 0 else { throw failure(path, errno) }
        start += written
      }
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure(.cannotWrite, "cannot keep a copy of \(path): \(reason(code))")
  }

  private static func reason(_ code: Int32) -> String { Errno(code).description }
}
