import Glibc
import Synchronization

/// The proof that one process owns the journal: a kernel lock on `<journal>.lock`.
///
/// It goes with the process, however that ends; there is nothing to clean up. The file itself stays, since
/// removing it would let two processes lock two files of the same name.
public final class JournalLock: Sendable {
  private let descriptor: Mutex<Int32?>

  /// Takes the lock. A prober may hold it shared for an instant, so it is tried for half a second.
  public static func acquire(journal path: String) throws(JournalError) -> JournalLock {
    for attempt in 0... {
      if let descriptor = try lockOnce(path) { return JournalLock(descriptor: descriptor) }
      if attempt == 50 { break }
      usleep(10_000)
    }
    throw .heldByAnotherRun(path: path, holder: LockHolder.read(path + ".lock"))
  }

  /// Who holds it now, as far as that is written down; nil when nobody does.
  public static func holder(journal path: String) throws(JournalError) -> LockHolder? {
    try isHeld(journal: path) ? LockHolder.read(path + ".lock") : nil
  }

  /// Whether a live process owns the journal. Changes nothing; no lock file means nobody does.
  public static func isHeld(journal path: String) throws(JournalError) -> Bool {
    let lockPath = path + ".lock"
    guard try StateFile.exists(lockPath) else { return false }
    let descriptor = open(lockPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if descriptor < 0, errno == ENOENT { return false }
    guard descriptor >= 0 else { throw StateFile.openFailure(lockPath) }
    // Closing ends the shared lock, too.
    defer { close(descriptor) }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return false }
    if errno == EWOULDBLOCK { return true }
    throw unsupported(path)
  }

  private init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  deinit { release() }

  /// Gives the journal free. May run twice.
  public func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }

  /// The locked file, or nil when someone else has it or it was replaced meanwhile.
  private static func lockOnce(_ path: String) throws(JournalError) -> Int32? {
    let lockPath = path + ".lock"
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw StateFile.openFailure(lockPath) }
    do throws(JournalError) {
      var opened = stat()
      guard fstat(descriptor, &opened) == 0 else {
        throw .cannotWrite(path: lockPath, reason: StateFile.reason(errno))
      }
      try StateFile.check(opened, path: lockPath)
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        guard errno == EWOULDBLOCK || errno == EINTR else { throw unsupported(path) }
      } else if isNamed(lockPath, opened) {
        LockHolder.ours().write(to: descriptor)
        return descriptor
      }
    } catch {
      close(descriptor)
      throw error
    }
    close(descriptor)
    return nil
  }

  /// Whether the name still leads to the opened file.
  private static func isNamed(_ path: String, _ opened: stat) -> Bool {
    var named = stat()
    return lstat(path, &named) == 0 && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }

  private static func unsupported(_ path: String) -> JournalError {
    .unsupportedFileSystem(path: path, reason: "its lock cannot be taken (\(StateFile.reason(errno)))")
  }
}
