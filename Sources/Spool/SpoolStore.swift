import Glibc
import MissionCore

/// The spool: a folder that keeps each mission's scraped bytes from the end of SCRAPE until it is DONE.
///
/// `<mission id>.json` holds exactly the bytes of the `data` array; `<mission id>.part` is a download or a file
/// being written, and means nothing but that its work was under way. Parsing, hashing and writing happen on the
/// spool's own two threads; what waits together becomes durable together. It knows nothing of workers, retries
/// or the journal.
public final class SpoolStore: Sendable {
  /// One thread writes while the other waits for the disk, or carries a large result while small ones pass.
  private static let threadCount = 2

  private let folder: SpoolFolder
  private let spares: SpareFiles
  private let queue = SpoolQueue()
  private let threads: [SpoolThread]

  /// Creates the folder (0700) when it is absent; refuses one that is a symbolic link or belongs to someone else.
  ///
  /// - Parameter redactor: masks secrets in the excerpts that errors carry.
  public init(directory: String, masking redactor: Redactor = .none) throws(SpoolError) {
    folder = try SpoolFolder(directory)
    spares = SpareFiles(folder: folder)
    let writer = SpoolWriter(folder: folder, spares: spares, redactor: redactor)
    let worker = SpoolWorker(queue: queue, folder: folder, writer: writer, spares: spares)
    threads = (0..<Self.threadCount).compactMap { _ in SpoolThread { worker.run() } }
    guard !threads.isEmpty else {
      throw .inputOutput(operation: "pthread_create", path: directory, errno: EAGAIN)
    }
  }

  deinit { queue.close() }

  /// Does what waits, answers it and ends the threads. Nothing may be asked afterwards.
  public func close() {
    queue.close()
    for thread in threads { thread.join() }
    spares.removeAll()
  }

  /// Where the transport puts an answer that is too large for memory.
  public func partPath(for mission: MissionID) -> String { folder.partPath(mission) }

  /// Judges an answer of `GET /scrape/{job_id}` and, when it is a result, makes it durable.
  ///
  /// The reply comes once, from a thread of the spool. After `.completed` the bytes survive a power cut; after
  /// anything else no file of this mission's answer is left. May be called again for the same mission: the newer
  /// result replaces the older one.
  public func ingest(
    _ answer: ReceivedAnswer, mission: MissionID,
    reply: @escaping @Sendable (Result<ScrapeAnswer, SpoolError>) -> Void
  ) {
    queue.add(SpoolQueue.Job(mission: mission, work: .ingest(answer, reply: reply)))
  }

  /// The spooled result of an earlier run: nil when it is missing, or size or SHA-256 differ. Blocks.
  public func open(mission: MissionID, size: Int64, sha256: String, adsCount: Int) -> SpooledResult? {
    folder.verified(mission, size: size, sha256: sha256, adsCount: adsCount)
  }

  /// As above, on the spool's threads.
  public func open(
    mission: MissionID, size: Int64, sha256: String, adsCount: Int,
    reply: @escaping @Sendable (SpooledResult?) -> Void
  ) {
    let work = SpoolQueue.Job.Work.open(size: size, sha256: sha256, adsCount: adsCount, reply: reply)
    queue.add(SpoolQueue.Job(mission: mission, work: work))
  }

  /// Whether an answer of this mission was being received, judged or written when the process ended. To be asked
  /// before `sweep`.
  public func hasPart(_ mission: MissionID) -> Bool { folder.exists(folder.partPath(mission)) }

  /// Removes what a download to `partPath(for:)` left that was broken off and will not be ingested. At once.
  public func removePart(_ mission: MissionID) { folder.remove(folder.partPath(mission)) }

  /// Gives the mission's result up, soon and in order with its other work: call it when DONE is durable. A small
  /// file may stay under its name until it is used for another mission, at the latest until `close`; after a
  /// crash `sweep` removes it.
  public func remove(_ mission: MissionID) {
    queue.add(SpoolQueue.Job(mission: mission, work: .remove))
  }

  /// At the start of a run, before any work: removes all temporary files and the results of missions that are not
  /// to be kept; says how many. Files that the spool cannot have made stay.
  @discardableResult
  public func sweep(keeping isKept: (MissionID) -> Bool) throws(SpoolError) -> Int {
    var removed = 0
    try folder.visitFiles { path, mission, isPart in
      guard isPart || !isKept(mission) else { return }
      folder.remove(path)
      removed += 1
    }
    return removed
  }

  /// Bytes that may still be written.
  public func freeSpace() -> Int64 { folder.freeSpace() }
}
