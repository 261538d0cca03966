import Failpoints
import Glibc

/// Why a file could not be written or read.
public struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  public let reason: String
  /// The disk is full, or a quota is used up.
  public let isFull: Bool
  /// The disk itself answers with an error.
  public let isDiskFailure: Bool

  init(_ path: String, _ number: Int32) {
    self.path = path
    reason = String(cString: strerror(number))
    isFull = number == ENOSPC || number == EDQUOT
    isDiskFailure = number == EIO
  }

  public var description: String { "cannot write \(path): \(reason)" }
}

/// A file that appears whole or not at all: written beside its place, synced, then renamed over it.
public struct AtomicFile: ~Copyable {
  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  private var isDone = false

  /// - Parameters:
  ///   - permissions: of the new file, before the process's umask.
  ///   - ignoresUmask: the file gets exactly these permissions, because other users are meant to read it.
  ///   - suffix: what the name has until the file is whole.
  public init(
    path: String, permissions: mode_t = 0o600, ignoresUmask: Bool = false, suffix: String = ".tmp"
  ) throws(FileFailure) {
    self.path = path
    temporaryPath = path + suffix
    // One that a killed process left; opening with O_EXCL then follows no link that someone put there.
    unlink(path + suffix)
    descriptor = open(path + suffix, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, permissions)
    guard descriptor >= 0 else { throw FileFailure(path, errno) }
    if ignoresUmask { fchmod(descriptor, permissions) }
  }

  deinit {
    guard !isDone else { return }
    close(descriptor)
    unlink(temporaryPath)
  }

  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    Failpoint.reach("report.write.before")
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start) }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        throw FileFailure(path, errno)
      }
    }
  }

  /// Puts the file into its place; durable when it returns.
  public consuming func commit() throws(FileFailure) {
    guard fsync(descriptor) == 0 else { throw FileFailure(path, errno) }
    Failpoint.reach("report.rename.before")
    guard rename(temporaryPath, path) == 0 else { throw FileFailure(path, errno) }
    Failpoint.reach("report.rename.after")
    isDone = true
    close(descriptor)
    let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw FileFailure(path, errno) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw FileFailure(path, errno) }
  }

  /// Writes all of `content` at once.
  public static func write(_ content: [UInt8], to path: String, permissions: mode_t = 0o600)
    throws(FileFailure)
  {
    let file = try AtomicFile(path: path, permissions: permissions)
    try file.write(content)
    try file.commit()
  }

  /// Makes the folder, for us alone, when it is missing; its own folder must exist.
  public static func createFolder(_ path: String) throws(FileFailure) {
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileFailure(path, errno) }
  }

  /// Removes temporary files that killed processes left in the folder; what cannot be removed does no harm.
  public static func removeTemporaries(in path: String) {
    guard let folder = opendir(path) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".json.tmp") { unlink("\(path)/\(name)") }
    }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
