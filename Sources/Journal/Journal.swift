import Failpoints
import Glibc
import MissionCore
import Synchronization
import Threads

/// The journal for its one writer: every step of every mission.
///
/// Holds the kernel lock that proves the owner lives, and one connection on a thread of its own. Steps are
/// submitted and answered after their commit; those that wait together commit together. Other commands read
/// through `JournalReader`, also while this one writes. What a mission may do next is decided elsewhere
/// (`MissionCore`); here an illegal step is only refused.
public final class Journal: Sendable {
  public let path: String
  /// 32 hex digits that no other journal has: names what lies beside it as this journal's. A copy of the file keeps it.
  public let identity: String
  private let thread: JournalThread
  private let lock: JournalLock
  private let isOpen = Mutex(true)
  let ends = MissionEnds()

  /// Takes the lock and opens the journal; creates the folder (0700) and the file (0600) when they are
  /// missing, and migrates an older file after keeping a backup.
  ///
  /// - Parameters:
  ///   - busy: how long a file that another program locks is waited for.
  ///   - lock: the lock when the caller has taken it already.
  public static func open(
    path: String, busy: Duration, lock: JournalLock? = nil
  ) throws(JournalError) -> Journal {
    try open(path: path, busy: busy, lock: lock, migrator: .current)
  }

  static func open(
    path: String, busy: Duration, lock: JournalLock? = nil, migrator: Migrator
  ) throws(JournalError) -> Journal {
    try StateFile.createFolder(of: path)
    let file = JournalFile(path: path, migrator: migrator)
    try file.checkNames()
    let held: JournalLock
    Failpoint.reach("journal.lock.before")
    if let lock { held = lock } else { held = try JournalLock.acquire(journal: path) }
    Failpoint.reach("journal.lock.after")
    do {
      let store = try JournalStore(file, busy: busy)
      let identity = store.identity
      return Journal(path: path, identity: identity, thread: try JournalThread(store: store), lock: held)
    } catch {
      if lock == nil { held.release() }
      throw JournalError(error, path: path)
    }
  }

  private init(path: String, identity: String, thread: JournalThread, lock: JournalLock) {
    self.path = path
    self.identity = identity
    self.thread = thread
    self.lock = lock
  }

  deinit { close() }

  /// Ends when everything that was submitted is answered; then gives the lock back. May run twice.
  public func close() {
    let wasOpen = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    guard wasOpen else { return }
    thread.finish()
    lock.release()
  }

  /// Writes all of `writes` or nothing, and answers once, on the journal's thread: nil after the commit is
  /// on disk.
  ///
  /// - Parameter runID: the run that the events belong to.
  public func submit(
    _ writes: [JournalWrite], runID: String?, reply: @escaping @Sendable (JournalError?) -> Void
  ) {
    if !thread.push(.submission(writes, runID: runID, reply)) { reply(Self.closed) }
  }

  /// As `submit`, and waits for the answer. Not from a reply.
  public func write(_ writes: [JournalWrite], runID: String?) throws(JournalError) {
    let answer = Answer<JournalError?>()
    submit(writes, runID: runID) { answer.give($0) }
    if let error = answer.wait() { throw error }
  }

  /// Notes that the run still worked at `time`, which is where the report ends of a run that was killed. Returns before
  /// it is written.
  public func noteAlive(_ id: String, at time: Timestamp) {
    _ = thread.push(
      .call { store in
        // Lost when it fails; so does the next step then, and that one is waited for and told.
        try? store.transaction { try RunWriter(store: store).alive(id, at: time) }
      })
  }

  /// Runs `body` on the journal's thread, behind what was submitted before, and waits for it.
  func perform<R: Sendable>(
    _ body: @escaping @Sendable (JournalStore) throws -> R
  ) throws(JournalError) -> R {
    try promise(body).wait().get()
  }

  /// As `perform`, without the wait.
  func promise<R: Sendable>(
    _ body: @escaping @Sendable (JournalStore) throws -> R
  ) -> Answer<Result<R, JournalError>> {
    let answer = Answer<Result<R, JournalError>>()
    let isTaken = thread.push(
      .call { store in
        do {
          answer.give(.success(try body(store)))
        } catch {
          store.rollBack()
          answer.give(.failure(JournalError(error, path: store.path)))
        }
      })
    if !isTaken { answer.give(.failure(Self.closed)) }
    return answer
  }

  /// Reads something on the journal's thread, before what waits there to be written.
  func ask<R: Sendable>(
    _ reply: @escaping @Sendable (Result<R, JournalError>) -> Void,
    _ body: @escaping @Sendable (JournalStore) throws -> R
  ) {
    let isTaken = thread.push(
      .question { store in
        do { reply(.success(try body(store))) } catch {
          reply(.failure(JournalError(error, path: store.path)))
        }
      })
    if !isTaken { reply(.failure(Self.closed)) }
  }

  private static let closed = JournalError.internalFailure(reason: "the journal is closed")
}
