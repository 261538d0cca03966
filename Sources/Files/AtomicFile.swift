import Failpoints
import Glibc

/// A file that appears whole or not at all: written beside its place, synced, then renamed over it.
///
/// What is written beside it has a name of our own that nothing else bears; a symbolic link is written through.
package struct AtomicFile: ~Copyable {
  package static let temporarySuffix = ".tmp"

  private let path: String
  private let temporaryPath: String
  private let descriptor: Int32
  private var isDone = false

  /// - Parameters:
  ///   - permissions: of the new file, before the process's umask.
  ///   - ignoresUmask: the file gets exactly these permissions, because other users are meant to read it.
  package init(
    path: String, permissions: mode_t = 0o600, ignoresUmask: Bool = false
  ) throws(FileFailure) {
    let place = try OutputPlace.target(of: path)
    let temporary = Self.temporaryPath(for: place)
    do throws(Errno) {
      descriptor = try OwnFile.create(temporary, permissions: permissions)
    } catch { throw FileFailure(path, error) }
    // A file system that knows no permissions takes the file all the same.
    if ignoresUmask { fchmod(descriptor, permissions) }
    self.path = place
    temporaryPath = temporary
  }

  /// `.name.0123456789abcdef.tmp` beside the file. Of a very long name only its beginning, as names have a limit.
  package static func temporaryPath(for path: String) -> String {
    let folder = Folder.parent(of: path)
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

  /// Behind what was written before.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    Failpoint.reach("report.write.before")
    try put(bytes) { Glibc.write(descriptor, $0, $1) }
  }

  /// Replaces bytes that were written before.
  package func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileFailure) {
    var place = off_t(offset)
    try put(bytes) {
      let count = pwrite(descriptor, $0, $1, place)
      place += off_t(max(0, count))
      return count
    }
  }

  /// Gives up what was written behind the first `size` bytes.
  package func shorten(to size: Int) throws(FileFailure) {
    guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, off_t(size), SEEK_SET) >= 0 else {
      throw FileFailure(path, .last)
    }
  }

  /// Brings what was written so far to the disk, so that less is left for the end.
  package func sync() throws(FileFailure) {
    guard fdatasync(descriptor) == 0 else { throw FileFailure(path, .last) }
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
        throw FileFailure(path, .last)
      }
    }
  }

  /// Puts the file into its place; durable when it returns.
  package consuming func commit() throws(FileFailure) {
    guard fsync(descriptor) == 0 else { throw FileFailure(path, .last) }
    Failpoint.reach("report.rename.before")
    do throws(Errno) { try Folder.rename(temporaryPath, to: path) } catch { throw FileFailure(path, error) }
    Failpoint.reach("report.rename.after")
    isDone = true
    close(descriptor)
  }

  /// Writes all of `content` at once.
  package static func write(_ content: [UInt8], to path: String, permissions: mode_t = 0o600)
    throws(FileFailure)
  {
    let file = try AtomicFile(path: path, permissions: permissions)
    try file.write(content)
    try file.commit()
  }
}
