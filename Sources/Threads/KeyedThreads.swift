/// Threads that share jobs by a key: those of one key are done one after the other in the order given.
package final class KeyedThreads: Sendable {
  private let threads: [JobThread]

  package init(_ count: Int) throws(ThreadFailure) {
    var threads: [JobThread] = []
    for _ in 0..<count { threads.append(try JobThread()) }
    self.threads = threads
  }

  /// What has the same key is done one after the other, in this order.
  package func run(_ key: String, _ job: @escaping JobThread.Job) {
    threads[Int(UInt(bitPattern: key.hashValue) % UInt(threads.count))].run(job)
  }
}
