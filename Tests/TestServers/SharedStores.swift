import Synchronization

/// One server of each kind for all tests of a process: they start slowly. Each test keeps its objects under a
/// prefix of its own.
public enum SharedStores {
  private static let started = Mutex<[StoreServer.Program: StoreServer]>([:])

  /// Starts the server the first time. They end with the process.
  public static func server(_ program: StoreServer.Program) throws -> StoreServer {
    try started.withLock { started in
      if let server = started[program] { return server }
      let server = try StoreServer(program)
      started[program] = server
      return server
    }
  }
}
