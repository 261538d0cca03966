import Glibc
import MissionCore
import Ports
import Threads

/// The spool: a folder that keeps each mission's scraped bytes from the end of SCRAPE until it is DONE.
///
/// What is in the folder:
/// - `<mission id>.<attempt>.json`: exactly the bytes of the records' array, and which start of the mission brought them.
///   So lie large results, and all that stay when the run ends. Without an attempt: it is not known.
/// - `segment-<number>.spool`: small results while the run lasts, one behind the other, each after a header that
///   names its mission and its SHA-256. Results that wait together cost one write and one fdatasync. A segment
///   that nothing is needed of is written anew from its beginning; what a killed run leaves in segments is found
///   again by their headers.
/// - `<mission id>.json.lost`: bytes that are not the ones that were written any more, or whose digest nobody knows. They
///   are kept for a person to look at until a new scrape of the mission is durable.
/// - `<mission id>.part`: a download, or a large result being written; `<mission id>.move`: a result on its way out
///   of a segment. They mean nothing but that the work was under way.
/// - `.owner`: whose the folder is (`SpoolClaim`).
/// - `marks.spool`: which small answers are being judged or written.
///
/// Parsing, hashing and writing happen on the spool's own threads. It knows nothing of workers, retries or the
/// journal. Files are only touched when they are asked for: opening and closing a store changes nothing.
public final class SpoolStore: Sendable {
  /// Threads for large results: one computes while the other waits for the disk.
  private static let largeThreadCount = 2

  let folder: SpoolFolder
  private let pool: SegmentPool
  private let underWay: UnderWay
  private let queue = SpoolQueue()
  private let threads: [OwnedThread]

  /// Creates the folder (0700) when it is absent; refuses one that is a symbolic link or belongs to someone else.
  public init(directory: String) throws(SpoolError) {
    folder = try SpoolFolder(directory)
    pool = SegmentPool(folder: folder)
    underWay = UnderWay(path: folder.marksPath)
    let large = LargeLane(queue: queue, pool: pool)
    do throws(ThreadFailure) {
      let small = try OwnedThread.start { [queue, pool, underWay] in
        var lane = SmallLane(queue: queue, pool: pool, underWay: underWay)
        lane.run()
      }
      var threads = [small]
      for _ in 0..<Self.largeThreadCount { threads.append(try .start { large.run() }) }
      self.threads = threads
    } catch {
      queue.close()
      throw .inputOutput(operation: "pthread_create", path: directory, errno: error.code)
    }
  }

  deinit { queue.close() }

  /// Does what waits, answers it and ends the threads. Small results that stay get files of their own. Nothing may
  /// be asked afterwards.
  public func close() {
    queue.close()
    for thread in threads { thread.join() }
    MoveOut(pool: pool).close(until: nil)
    underWay.close()
  }

  /// As `close()`, for a run that must end soon: waits no longer than `limit`, and not at all for large results.
  /// What there was no time for stays in its segment, where the next run finds it.
  public func close(within limit: Duration) {
    let deadline = Moment.now + limit
    queue.close()
    guard queue.waitForSmallLane(until: deadline) else { return }
    MoveOut(pool: pool).close(until: deadline)
    underWay.close()
  }

  /// Where the transport puts an answer that is too large for memory.
  public func partPath(for mission: MissionID) -> String { folder.partPath(mission) }

  /// Judges an answer by `reader` and, when it is a result, makes it durable.
  ///
  /// What a second look brings is kept beside the first result, under `MissionID.otherLook`; `claim` finds the one that is
  /// asked for by its SHA-256, and `remove` removes both. `attempt` is the start of the mission that brought the answer:
  /// `found` tells by it what the journal may not have.
  ///
  /// The reply comes once, from a thread of the spool. After `.completed` the bytes survive a power cut; after
  /// anything else no file of this mission's answer is left. May be called again for the same mission: the newer
  /// result replaces the older one.
  package func ingest(
    _ answer: ReceivedAnswer, mission: MissionID, attempt: Int = 0, as reader: any AnswerReading,
    reply: @escaping @Sendable (Result<ScrapeAnswer, SpoolError>) -> Void
  ) {
    let work = SpoolQueue.Job.Work.ingest(answer, attempt: attempt, as: reader, reply: reply)
    queue.add(SpoolQueue.Job(mission: mission, work: work))
  }

  /// Reads the spooled result of an earlier run and compares size and SHA-256. Blocks, and changes nothing.
  public func open(mission: MissionID, size: Int64, sha256: String, adsCount: Int) -> SpoolAnswer {
    pool.verified(mission, size: size, sha256: sha256, adsCount: adsCount)
  }

  /// As above, on the spool's threads. Bytes that are lost have been put aside when the answer comes
  /// (`<mission id>.json.lost`), and the spool has no result of the mission any more.
  public func claim(
    mission: MissionID, size: Int64, sha256: String, adsCount: Int,
    reply: @escaping @Sendable (SpoolAnswer) -> Void
  ) {
    let work = SpoolQueue.Job.Work.claim(size: size, sha256: sha256, adsCount: adsCount, reply: reply)
    queue.add(SpoolQueue.Job(mission: mission, work: work))
  }

  /// The result that this start of the mission brought; nil when there is none, or none that is whole. Blocks, and changes
  /// nothing. To be asked before `sweep`.
  public func found(_ mission: MissionID, attempt: Int) throws(SpoolError) -> ScrapedResult? {
    attempt == 0 ? nil : try pool.found(mission, attempt: attempt)
  }

  /// Whether an answer of this mission was being received, judged or written when the process ended. To be asked
  /// before `sweep`.
  public func hasPart(_ mission: MissionID) throws(SpoolError) -> Bool {
    for look in [mission, mission.otherLook] {
      if try underWay.wasInterrupted(look) { return true }
      if try folder.exists(folder.partPath(look)) { return true }
    }
    return false
  }

  /// Removes what a download to `partPath(for:)` left that was broken off and will not be ingested. At once.
  public func removePart(_ mission: MissionID) { folder.remove(folder.partPath(mission)) }

  /// Gives the mission's result up, soon and in order with its other work: call it when DONE is durable. The bytes
  /// of a small one may stay in a segment until they are written over, at the latest until `close`; after a crash
  /// `sweep` drops them.
  public func remove(_ mission: MissionID) {
    queue.add(SpoolQueue.Job(mission: mission, work: .remove(hasFile: pool.hasFile(mission))))
  }

  /// At the start of a run, before any work: removes all temporary files and what is not needed of missions; says how
  /// many. Files that the spool cannot have made stay. The caller knows that the folder is its own.
  @discardableResult
  public func sweep(keeping need: (MissionID) -> SpoolNeed) throws(SpoolError) -> Int {
    let removed = try pool.sweep(keeping: need)
    underWay.forgetInterrupted()
    return removed
  }

  /// Bytes that may still be written.
  public func freeSpace() -> Int64 { folder.freeSpace() }
}
