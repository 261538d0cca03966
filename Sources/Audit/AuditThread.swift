import Glibc
import Synchronization

/// A thread that lays out, hashes and signs, so that neither the engine nor the transfers wait for it. Jobs
/// run one after the other in the order given.
final class AuditThread: Sendable {
  typealias Job = @Sendable () -> Void

  private let queue: Queue
  private let thread: pthread_t

  init() throws(AuditError) {
    let queue = Queue()
    var thread = pthread_t()
    let context = Unmanaged.passRetained(queue)
    let result = pthread_create(
      &thread, nil,
      { context in
        // Signals are for the main thread.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        // Retained by `init` for this thread.
        Unmanaged<Queue>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard result == 0 else {
      context.release()
      throw AuditError(
        code: .internalError,
        message: "the audit thread could not be started: \(String(cString: strerror(result)))")
    }
    self.queue = queue
    self.thread = thread
  }

  /// Lets what waits run, then ends the thread. Nobody waits for it: a job may itself hold the last reference.
  deinit {
    queue.push(nil)
    pthread_detach(thread)
  }

  func run(_ job: @escaping Job) { queue.push(job) }

  /// A nil job ends the thread.
  private final class Queue: @unchecked Sendable {
    // @unchecked: the semaphore is made for use by several threads; the jobs are behind the mutex.
    private let jobs = Mutex<[Job?]>([])
    private let waiting = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(waiting, 0, 0) }

    deinit {
      sem_destroy(waiting)
      waiting.deallocate()
    }

    func push(_ job: Job?) {
      jobs.withLock { $0.append(job) }
      sem_post(waiting)
    }

    func run() {
      while true {
        // Interrupted waits find nothing to do and wait again.
        sem_wait(waiting)
        let taken = jobs.withLock { jobs in
          defer { jobs.removeAll() }
          return jobs
        }
        for job in taken {
          guard let job else { return }
          job()
        }
      }
    }
  }
}
