import Glibc
import MissionCore
import Synchronization

/// Small files of finished missions, kept to be overwritten by the next ones.
///
/// Removing a file and creating another costs the file system an inode and its blocks, each time also on disk.
/// Writing into one that is there about doubles the results per second. A spare keeps the name of its finished
/// mission until it is used, so a crash leaves nothing but files that `SpoolStore.sweep` removes.
final class SpareFiles: Sendable {
  /// Files kept at the most.
  private static let largestCount = 128
  /// Larger files give their space back at once.
  private static let largestSize = 1 << 20

  private let folder: SpoolFolder
  private let missions = Mutex<[MissionID]>([])

  init(folder: SpoolFolder) { self.folder = folder }

  /// Keeps or removes the result of a mission that needs it no more.
  func retire(_ mission: MissionID) {
    let path = folder.resultPath(mission)
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    let isFit = status.st_mode & S_IFMT == S_IFREG && Int(status.st_size) <= Self.largestSize
    let isKept =
      isFit
      && missions.withLock { kept in
        guard kept.count < Self.largestCount else { return false }
        if !kept.contains(mission) { kept.append(mission) }
        return true
      }
    if !isKept { folder.remove(path) }
  }

  /// A file at `path`, the temporary one of `mission`: a spare under a new name, with its old content, or an empty
  /// new one.
  func open(_ path: String, for mission: MissionID) throws(SpoolError) -> OpenFile {
    let spare: MissionID? = missions.withLock { kept in
      // The mission's own spare must be taken: its new result is about to get that name.
      if let own = kept.firstIndex(of: mission) { return kept.remove(at: own) }
      return kept.popLast()
    }
    guard let spare, rename(folder.resultPath(spare), path) == 0 else { return try OpenFile(creating: path) }
    return try OpenFile(reading: path, writing: true)
  }

  /// The mission is about to get a result by another way than `open`: its name means no spare any more.
  func forget(_ mission: MissionID) {
    missions.withLock { kept in kept.removeAll { $0 == mission } }
  }

  func removeAll() {
    let spares = missions.withLock { kept in
      defer { kept = [] }
      return kept
    }
    for mission in spares { folder.remove(folder.resultPath(mission)) }
  }
}
