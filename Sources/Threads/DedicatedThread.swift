/// A thread of its own for work that blocks; it ends with its body and is never joined.
public enum DedicatedThread {
  /// `start`, as what others are given to start their threads with.
  public static let starter: ThreadStarter = { (body) throws(ThreadFailure) in try start(body) }

  /// - Parameter stackSize: bytes; these threads call little.
  public static func start(
    stackSize: Int = 512 << 10, _ body: @escaping @Sendable () -> Void
  ) throws(ThreadFailure) {
    _ = try ThreadStart.create(isDetached: true, stackSize: stackSize, body)
  }
}
