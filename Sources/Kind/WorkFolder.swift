import Failpoints
import Files
import Glibc
import MissionCore

/// The folders that sources work in, `<state>/work/<mission>/<attempt>`, and beside each the end of what a program wrote
/// to its standard error, `<attempt>.log`.
package struct WorkFolder: Sendable {
  /// Bytes of a program's standard error that are kept.
  package static let keptError = 64 << 10

  private let root: String

  /// - Parameter root: `<state>/work`; made when it is missing.
  package init(root: String) { self.root = root }

  /// Beside the journal: `work`, or `work-<name>` for a journal of another name than the usual one. Several may lie in one
  /// folder, and each removes what it does not know.
  package static func path(besides journal: String) -> String {
    let name = journal.lastIndex(of: "/").map { journal[journal.index(after: $0)...] } ?? journal[...]
    let folder = Folder.parent(of: journal)
    return name == usualJournal ? "\(folder)/work" : "\(folder)/work-\(name)"
  }

  /// As `journal.path` is when nothing is written.
  private static let usualJournal = "journal.sqlite"

  /// Where one attempt works.
  package func folder(of mission: MissionID, attempt: Int) -> String { "\(root)/\(mission)/\(attempt)" }

  private func log(of mission: MissionID, attempt: Int) -> String { "\(root)/\(mission)/\(attempt).log" }

  /// An empty folder for an attempt, for us alone; what earlier ones left is removed.
  ///
  /// - Parameter keepsEarlier: an earlier attempt's files may still count.
  package func make(
    _ mission: MissionID, attempt: Int, keepsEarlier: Bool = false
  ) throws(FileFailure) -> String {
    let path = folder(of: mission, attempt: attempt)
    // Mostly there is nothing of the mission, and the folder above is there.
    if mkdir("\(root)/\(mission)", 0o700) != 0 {
      FolderTree.remove(keepsEarlier ? path : "\(root)/\(mission)")
      try Folder.make("\(root)/\(mission)")
    }
    guard mkdir(path, 0o700) == 0 else { throw FileFailure(path, "\(Errno.last)") }
    return path
  }

  /// Keeps the end of a program's standard error, which must be masked already. One that cannot be written is not
  /// missed: the mission's error has the last line.
  package func keep(_ text: String, of mission: MissionID, attempt: Int) {
    guard !text.isEmpty else { return }
    try? AtomicFile.write(Array(text.utf8), to: log(of: mission, attempt: attempt))  // as the comment says
  }

  /// What the latest program of a mission wrote to its standard error; nil when nothing is kept. Another program may
  /// have written the file: it is cleaned once more by who shows it.
  package func keptError(of mission: MissionID) -> String? {
    let attempts = Folder.names(in: "\(root)/\(mission)").compactMap { name in
      name.hasSuffix(".log") ? Int(name.dropLast(4)) : nil
    }
    guard let latest = attempts.max() else { return nil }
    let descriptor = open(log(of: mission, attempt: latest), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4 * Self.keptError)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }

  /// Removes what is left of missions that need nothing any more: an earlier run may have died before it did.
  ///
  /// - Parameter isNeeded: whether anything may still be made of what is there of the mission.
  package func sweep<E: Error>(isNeeded: (MissionID) throws(E) -> Bool) throws(E) {
    for name in Folder.names(in: root) {
      guard let mission = MissionID(name), "\(mission)" == name, try !isNeeded(mission) else { continue }
      Failpoint.reach("work.sweep.before")
      remove(mission)
    }
  }

  /// Removes all that is kept for a mission, which is DONE.
  package func remove(_ mission: MissionID) { FolderTree.remove("\(root)/\(mission)") }

  /// The attempt whose folder is all that is kept for a mission, when it is empty and has the rights that it was made with;
  /// else nil.
  package func emptyAttempt(of mission: MissionID) -> Int? {
    let path = "\(root)/\(mission)"
    var names: [String] = []
    do throws(Errno) {
      try Folder.eachName(in: path) { name in
        names.append(name)
        return names.count < 2
      }
      guard names.count == 1, let attempt = Int(names[0]) else { return nil }
      let inner = folder(of: mission, attempt: attempt)
      guard Self.isUnchanged(path), Self.isUnchanged(inner) else { return nil }
      var isEmpty = true
      try Folder.eachName(in: inner) { _ in
        isEmpty = false
        return false
      }
      return isEmpty ? attempt : nil
    } catch { return nil }
  }

  private static func isUnchanged(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode == S_IFDIR | 0o700
  }

  /// Gives the empty folder of a mission that needs none any more to an attempt of another one; nil when that has a folder
  /// already, or it cannot be done.
  package func hand(
    _ spare: MissionID, attempt old: Int, to mission: MissionID, attempt: Int
  ) -> String? {
    guard rename("\(root)/\(spare)", "\(root)/\(mission)") == 0 else { return nil }
    let path = folder(of: mission, attempt: attempt)
    guard old == attempt || rename(folder(of: mission, attempt: old), path) == 0 else { return nil }
    return path
  }
}

/// Folders with all that is in them.
enum FolderTree {
  /// As far as the names go that the system takes.
  private static let deepest = 2000

  /// Follows no link. What cannot be removed stays.
  static func remove(_ path: String, depth: Int = 0) {
    if unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR { return }
    var status = stat()
    guard depth < deepest, rmdir(path) != 0, lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR
    else { return }
    // A program may have taken the rights away from its own folder.
    chmod(path, 0o700)
    for name in Folder.names(in: path) { remove("\(path)/\(name)", depth: depth + 1) }
    rmdir(path)
  }
}
