import Crypto
import Failpoints
import Glibc
import MissionCore
import Ports
import Synchronization

/// The proof that a spool folder is one journal's alone: its owner is written in it, and this process has locked it.
///
/// The lock goes with the process. The owner stays as long as there is anything else in the folder: an empty one is
/// nobody's.
public final class SpoolClaim: Sendable {
  public let path: String
  /// What a person should know: results that were found and left alone.
  public let notice: Message?
  private let folder: Mutex<SpoolFolder?>
  private let isOwnName: Bool

  private init(_ folder: SpoolFolder, isOwnName: Bool, notice: Message?) {
    path = folder.path
    self.folder = Mutex(folder)
    self.isOwnName = isOwnName
    self.notice = notice
  }

  deinit { release() }

  /// Finds the journal's folder, or makes one, and claims it. The caller holds the journal's lock.
  ///
  /// - Parameters:
  ///   - stateFolder: where the journal lies.
  ///   - journal: the name of its file.
  ///   - hasNeighbours: other journals were opened in that folder.
  ///   - wanted: what the journal knows of a mission's spooled bytes, when it still needs them.
  public static func take(
    in stateFolder: String, journal: String, identity: String, hasNeighbours: Bool,
    wanted: (MissionID) throws -> ScrapedResult?
  ) throws -> SpoolClaim {
    let desk = ClaimDesk(
      stateFolder: stateFolder, me: SpoolOwner(identity: identity, journal: journal),
      hasNeighbours: hasNeighbours)
    var situation = try desk.look()
    for _ in 0..<3 {
      let choice = SpoolChoice(situation)
      if choice == .refused { break }
      let folder = try SpoolFolder(choice == .shared ? desk.sharedPath : desk.ownPath)
      guard try folder.lock() else {
        if choice != .shared { throw SpoolError.inUse(path: folder.path) }
        situation = try desk.look(isSharedHeld: true)
        continue
      }
      // Under the lock nobody else changes it.
      let isHeld = situation.isSharedHeld
      situation = try desk.look(isSharedHeld: isHeld)
      guard SpoolChoice(situation) == choice else { continue }
      let copied = choice == .ownAfterCopying ? try desk.copy(to: folder, wanted) : 0
      try folder.setOwner(desk.me)
      return SpoolClaim(
        folder, isOwnName: choice != .shared, notice: desk.notice(choice, situation, copied: copied))
    }
    throw SpoolError.inUse(path: desk.sharedPath)
  }

  /// Gives the folder back, when the spool is closed. May run twice.
  public func release() {
    folder.withLock { folder in
      guard let claimed = folder else { return }
      folder = nil
      // What cannot be read now stays as it is, and stays owned.
      guard (try? claimed.holdsFiles()) == false else { return }
      claimed.removeOwner()
      // Fails when somebody else has put something there.
      if isOwnName { rmdir(claimed.path) }
    }
  }
}

/// Looks at the folders that may be a journal's spool.
private struct ClaimDesk {
  let stateFolder: String
  let me: SpoolOwner
  let hasNeighbours: Bool

  var sharedPath: String { stateFolder + "/spool" }

  /// A name that no other journal of the folder has, also not a copy of this one.
  var ownPath: String { "\(stateFolder)/spool-\(SHA256.hexDigest(of: me.text).prefix(12))" }

  func look(isSharedHeld: Bool = false) throws(SpoolError) -> SpoolChoice.Situation {
    var situation = SpoolChoice.Situation(me: me, shared: try state(sharedPath), own: try state(ownPath))
    situation.isSharedHeld = isSharedHeld
    situation.hasNeighbours = hasNeighbours
    if case .owned(let owner) = situation.shared {
      situation.ownersJournalExists = try exists("\(stateFolder)/\(owner.journal)")
    }
    if case .owned(let owner) = situation.own, owner != me {
      throw .unsafe(path: ownPath, why: "belongs to another journal")
    }
    return situation
  }

  private func state(_ path: String) throws(SpoolError) -> SpoolChoice.Situation.Folder {
    guard try exists(path) else { return .absent }
    let folder = try SpoolFolder(path)
    if let owner = try folder.owner() { return .owned(owner) }
    return try folder.holdsFiles() ? .ownerless : .free
  }

  private func exists(_ path: String) throws(SpoolError) -> Bool {
    var status = stat()
    if lstat(path, &status) == 0 { return true }
    guard errno == ENOENT || errno == ENOTDIR else { throw .last("lstat", path) }
    return false
  }

  /// Copies what the journal needs and the shared folder has, whole. Says how many results that were.
  func copy(to folder: SpoolFolder, _ wanted: (MissionID) throws -> ScrapedResult?) throws -> Int {
    let pool = SegmentPool(folder: try SpoolFolder(sharedPath))
    var copied = 0
    for mission in try pool.withTable({ $0.missions }) {
      guard let result = try wanted(mission) else { continue }
      let answer = pool.verified(
        mission, size: result.size, sha256: result.sha256, adsCount: result.adsCount)
      switch answer {
      case .intact(let found): try copy(found, to: folder)
      case .lost: continue
      case .unknown(let error): throw error
      }
      copied += 1
    }
    try folder.synchronize()
    return copied
  }

  private func copy(_ result: SpooledResult, to folder: SpoolFolder) throws {
    let moving = folder.movingPath(result.mission)
    let file = try OpenFile(creating: moving)
    try result.withBytes { bytes, _ in try file.write(bytes, at: 0) }
    try file.synchronize()
    try folder.publish(moving, as: result.mission, attempt: 0)
  }

  func notice(_ choice: SpoolChoice, _ situation: SpoolChoice.Situation, copied: Int) -> Message? {
    switch situation.shared {
    case .owned(let owner) where owner.identity != me.identity && owner.journal == me.journal:
      return "\(sharedPath) holds results of an earlier journal of this name: they are left alone, "
        + "results of this run go to \(ownPath)"
    default:
      guard choice == .ownAfterCopying, copied > 0 else { return nil }
      return "\(sharedPath) may hold results of other journals: it is left alone, "
        + "what this journal needs was copied to \(ownPath)"
    }
  }
}
