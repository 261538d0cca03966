import Coverage
import Files
import Glibc
import MissionCore
import MissionFiles
import Report
import Runs

/// The mission file that repairs what is not there, written while it is found; whole or not at all.
///
/// It replaces a file of its own kind only, and never one that says what is wanted.
final class RepairFile {
  let path: String
  /// Missions in it.
  private(set) var written = 0
  /// Missions that no file of this configuration can name.
  private(set) var refused = 0
  private let writer: MissionFileWriter
  private var file: AtomicFile?
  private var waiting: [UInt8] = []

  private static let chunkSize = 64 << 10

  /// - Parameter files: those that say what is wanted.
  init(_ path: String, _ sources: MissionSources, besides files: [String]) throws(CommandFailure) {
    self.path = path
    writer = MissionFileWriter(sources)
    guard !files.contains(where: { Self.isSame($0, path) }) else {
      throw CommandFailure(
        .cannotWrite, "\(path) is one of the mission files that say what is wanted: name another file")
    }
    if FileContent.exists(path), !Self.isOurs(path) {
      throw CommandFailure(
        .cannotWrite, "\(path) exists and holds something else: remove it or name another file")
    }
    do throws(FileFailure) { file = try AtomicFile(path: path, permissions: 0o644) } catch {
      throw CommandFailure(error)
    }
    waiting = Array(writer.header.utf8)
  }

  func add(_ row: RepairRow) throws(CommandFailure) {
    guard let line = writer.row(row.slice.mission(from: row.from, to: row.to)) else {
      refused += 1
      return
    }
    waiting += line.utf8
    written += 1
    if waiting.count >= Self.chunkSize { try flush() }
  }

  /// Puts it into its place.
  func finish() throws(CommandFailure) {
    try flush()
    do throws(FileFailure) { try file.take()?.commit() } catch { throw CommandFailure(error) }
  }

  private func flush() throws(CommandFailure) {
    do throws(FileFailure) { try file?.write(waiting) } catch { throw CommandFailure(error) }
    waiting.removeAll(keepingCapacity: true)
  }

  /// It begins as every file that this writes.
  private static func isOurs(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let beginning = Array(MissionFileWriter.headerBeginning.utf8)
    var found = [UInt8](repeating: 0, count: beginning.count)
    let count = pread(descriptor, &found, found.count, 0)
    // An empty file is what a shell or mktemp leaves.
    return count == 0 || (count == found.count && found == beginning)
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    var (one, other) = (stat(), stat())
    return stat(left, &one) == 0 && stat(right, &other) == 0 && one.st_dev == other.st_dev
      && one.st_ino == other.st_ino
  }
}
