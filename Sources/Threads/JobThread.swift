/// A thread that does jobs one after the other in the order given, so that nobody else waits for them.
package final class JobThread: Sendable {
  /// What is done, once, on the thread.
  package typealias Job = @Sendable () -> Void

  private let queue = Queue<Job>()

  package init() throws(ThreadFailure) {
    try OwnedThread.start { [queue] in while let job = queue.take() { job() } }
  }

  /// Lets what waits run, then ends the thread. Nobody waits for it: a job may itself hold the last reference.
  deinit { queue.close() }

  /// Done after all that was asked before; dropped once the thread is closed.
  package func run(_ job: @escaping Job) { queue.push(job) }
}
