import ChildProcesses
import Files
import Kind
import MissionCore
import Synchronization

/// The folders of a source's missions. Those into which nothing was written are given to missions that start later.
///
/// ext4 makes no use of what was removed in the last minutes, and passes over each of it whenever a folder is made: with
/// new ones for thousands of short programs that takes longer than the programs do.
final class WorkFolders: Sendable {
  private static let mostSpare = 64

  private let folder: WorkFolder
  private let orphans: Orphans
  /// Of missions that are DONE, each with its attempt.
  private let spare = Mutex<[(mission: MissionID, attempt: Int)]>([])

  init(root: String, _ orphans: Orphans) {
    folder = WorkFolder(root: root)
    self.orphans = orphans
  }

  /// An empty folder for an attempt, as `WorkFolder.make` gives it.
  func make(_ mission: MissionID, attempt: Int, keepsEarlier: Bool) throws(FileFailure) -> String {
    let given = spare.withLock { spare -> (mission: MissionID, attempt: Int)? in
      spare.removeAll { $0.mission == mission }
      return spare.popLast()
    }
    if let given {
      let path = folder.hand(given.mission, attempt: given.attempt, to: mission, attempt: attempt)
      if let path { return path }
      // Something of the mission is there already.
      spare.withLock { $0.append(given) }
    }
    return try folder.make(mission, attempt: attempt, keepsEarlier: keepsEarlier)
  }

  /// Keeps the end of what a program wrote to its standard error, masked already.
  func keep(_ text: String, of mission: MissionID, attempt: Int) {
    folder.keep(text, of: mission, attempt: attempt)
  }

  /// The mission is DONE.
  func remove(_ mission: MissionID) {
    // Nobody may live on who could still write into the folder, and its rights are as we gave them.
    guard orphans.areThere() == false, let attempt = folder.emptyAttempt(of: mission) else {
      return folder.remove(mission)
    }
    let isSpare = spare.withLock { spare in
      guard spare.count < Self.mostSpare else { return false }
      spare.append((mission, attempt))
      return true
    }
    if !isSpare { folder.remove(mission) }
  }

  /// Nothing is started any more.
  func removeSpare() {
    let left = spare.withLock { spare in
      defer { spare = [] }
      return spare
    }
    for spare in left { folder.remove(spare.mission) }
  }
}
