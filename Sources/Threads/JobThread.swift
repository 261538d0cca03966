import Glibc
import Ports
import Synchronization

/// A thread that does jobs one after the other in the order given, so that nobody else waits for them.
package final class JobThread: Sendable {
  package typealias Job = @Sendable () -> Void

  private let queue: Queue
  private let thread: JoinableThread

  package init() throws(ThreadFailure) {
    let queue = Queue()
    thread = try .start { queue.run() }
    self.queue = queue
  }

  /// Lets what waits run, then ends the thread. Nobody waits for it: a job may itself hold the last reference.
  deinit {
    queue.push(nil)
    thread.detach()
  }

  package func run(_ job: @escaping Job) { queue.push(job) }

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
