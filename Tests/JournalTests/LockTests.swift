import Glibc
import Journal
import TestSupport
import Testing

@Suite("The journal's lock", .timeLimit(.minutes(5)))
struct LockTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/journal.sqlite" }

  @Test("a second run is refused with 75 while the first lives, and let in after it")
  func exclusive() throws {
    #expect(try !JournalLock.isHeld(journal: path))
    let lock = try JournalLock.acquire(journal: path)
    #expect(try JournalLock.isHeld(journal: path))
    let refused = failure { _ = try JournalLock.acquire(journal: path) }
    let holder = try #require(try JournalLock.holder(journal: path))
    #expect(holder.process == getpid())
    #expect(refused == .heldByAnotherRun(path: path, holder: holder))
    #expect(refused?.exitCode == .stoppedEarly)
    let words = "is held by another run, process \(getpid()) since \(holder.since): wait until it ends"
    #expect(refused?.description.contains(words) == true)
    lock.release()
    #expect(try !JournalLock.isHeld(journal: path))
    #expect(try JournalLock.holder(journal: path) == nil)
    _ = try JournalLock.acquire(journal: path)
  }

  @Test(
    "a lock file that names nobody, or nonsense, still locks",
    arguments: ["", "4711", "4711 yesterday\n", "-1 2026-01-31T10:11:12.000Z\n", "\0\0\0\n"])
  func unnamed(content: String) throws {
    try JournalLock.acquire(journal: path).release()
    let descriptor = open(path + ".lock", O_RDWR | O_TRUNC)
    _ = content.withCString { write(descriptor, $0, content.utf8.count) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    #expect(failure { _ = try JournalLock.acquire(journal: path) } == .heldByAnotherRun(path: path))
    close(descriptor)
    let lock = try JournalLock.acquire(journal: path)
    #expect(try JournalLock.holder(journal: path)?.process == getpid())
    lock.release()
  }

  @Test("asking whether it is held does not create the lock file")
  func probing() throws {
    #expect(try !JournalLock.isHeld(journal: path))
    #expect(access(path + ".lock", F_OK) != 0)
  }

  @Test("another process sees the lock")
  func otherProcess() throws {
    let lock = try JournalLock.acquire(journal: path)
    #expect(try flockTool() == 1)
    lock.release()
    #expect(try flockTool() == 0)
  }

  @Test("the lock file is ours alone, and closes when a program is started")
  func modes() throws {
    let lock = try JournalLock.acquire(journal: path)
    var status = stat()
    #expect(lstat(path + ".lock", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    lock.release()
  }

  @Test("a shared probe of an instant does not refuse a run")
  func patient() throws {
    try JournalLock.acquire(journal: path).release()
    let prober = open(path + ".lock", O_RDONLY)
    #expect(flock(prober, LOCK_SH | LOCK_NB) == 0)
    var thread = pthread_t()
    let context = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    context.pointee = prober
    pthread_create(
      &thread, nil,
      { raw in
        usleep(5000)
        close(raw!.load(as: Int32.self))
        return nil
      }, context)
    let lock = try JournalLock.acquire(journal: path)
    lock.release()
    pthread_join(thread, nil)
    context.deallocate()
  }

  @Test("a symbolic link in its place is refused with 73")
  func link() throws {
    symlink("/dev/null", path + ".lock")
    let refused = failure { _ = try JournalLock.acquire(journal: path) }
    #expect(refused?.exitCode == .cannotWrite)
    #expect(failure { _ = try JournalLock.isHeld(journal: path) }?.exitCode == .cannotWrite)
  }

  /// The exit status of `flock -n <lock> true`, which util-linux brings to every system.
  private func flockTool() throws -> Int32 {
    var child = pid_t()
    let arguments: [UnsafeMutablePointer<CChar>?] =
      ["flock", "-n", path + ".lock", "true"].map { (text: String) in strdup(text) } + [nil]
    defer { for argument in arguments { free(argument) } }
    #expect(posix_spawnp(&child, "flock", nil, nil, arguments, environ) == 0)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    return status >> 8 & 0xFF
  }
}
