import Ports
import Threads

/// A thread that lays out, hashes and signs, so that neither the engine nor the transfers wait for it. Jobs
/// run one after the other in the order given.
final class AuditThread: Sendable {
  typealias Job = @Sendable () -> Void

  private let queue = Queue<Job>()

  init() throws(AuditError) {
    do throws(ThreadFailure) {
      try OwnedThread.start { [queue] in while let job = queue.take() { job() } }
    } catch {
      throw AuditError(code: .internalError, message: "the audit thread could not be started: \(error)")
    }
  }

  /// Lets what waits run, then ends the thread. Nobody waits for it: a job may itself hold the last reference.
  deinit { queue.close() }

  func run(_ job: @escaping Job) { queue.push(job) }
}
