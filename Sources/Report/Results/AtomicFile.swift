import Failpoints
import Glibc

/// A file that appears whole or not at all: written beside its place, synced, then renamed over it.
///
/// What is written beside it has a name of our own that nothing else bears; a symbolic link is written through.
public struct AtomicFile: ~Copyable {
  static let temporarySuffix = ".tmp"

  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  private var isDone = false

  /// - Parameters:
  ///   - permissions: of the new file, before the process's umask.
  ///   - ignoresUmask: the file gets exactly these permissions, because other users are meant to read it.
  public init(
    path: String, permissions: mode_t = 0o600, ignoresUmask: Bool = false
  ) throws(FileFailure) {
    let place = try OutputPlace.target(of: path)
    let temporary = Self.temporaryPath(for: place)
    // O_EXCL: nothing that is there is ever opened or replaced, and no link that someone put there is followed.
    let opened = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, permissions)
    guard opened >= 0 else { throw FileFailure(path, errno) }
    if ignoresUmask { fchmod(opened, permissions) }
    self.path = place
    temporaryPath = temporary
    descriptor = opened
  }

  /// `.name.0123456789abcdef.tmp` beside the file. Of a very long name only its beginning, as names have a limit.
  static func temporaryPath(for path: String) -> String {
    let folder = folder(of: path)
    var name = String(path.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
    while name.utf8.count > 200 { name.removeLast() }
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    return "\(folder)/.\(name).\(random)\(temporarySuffix)"
  }

  deinit {
    guard !isDone else { return }
    close(descriptor)
    unlink(temporaryPath)
  }

  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    Failpoint.reach("report.write.before")
    try put(bytes) { Glibc.write(descriptor, $0, $1) }
  }

  /// Replaces bytes that were written before.
  func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileFailure) {
    var place = off_t(offset)
    try put(bytes) {
      let count = pwrite(descriptor, $0, $1, place)
      place += off_t(max(0, count))
      return count
    }
  }

  /// Gives up what was written behind the first `size` bytes.
  func shorten(to size: Int) throws(FileFailure) {
    guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, off_t(size), SEEK_SET) >= 0 else {
      throw FileFailure(path, errno)
    }
  }

  /// Brings what was written so far to the disk, so that less is left for the end.
  func sync() throws(FileFailure) {
    guard fdatasync(descriptor) == 0 else { throw FileFailure(path, errno) }
  }

  private func put(
    _ bytes: [UInt8], _ write: (UnsafeRawPointer, Int) -> Int
  ) throws(FileFailure) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { write($0.baseAddress! + start, $0.count - start) }
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

  /// Removes what killed processes left of reports in the folder; what cannot be removed does no harm.
  ///
  /// - Parameter isOurs: whether the caller's journal has that run, so that nothing of another journal's is touched.
  public static func removeTemporaries(in path: String, ofRun isOurs: (String) -> Bool) {
    guard let folder = opendir(path) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let run = run(ofTemporary: name), isOurs(run) { unlink("\(path)/\(name)") }
    }
  }

  /// The run whose report was being written under that name; earlier versions wrote `<run_id>.json.tmp`.
  static func run(ofTemporary name: String) -> String? {
    guard name.hasSuffix(temporarySuffix), let json = name.firstRange(of: ".json.") else { return nil }
    return String(name[..<json.lowerBound].drop { $0 == "." })
  }

  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
