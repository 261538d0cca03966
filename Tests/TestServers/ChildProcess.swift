import Glibc

/// A program beside the test, its errors in a file or nowhere. Foundation's `Process` waits on a run loop, which the threads
/// of concurrent tests do not turn.
public final class ChildProcess {
  private let id: pid_t
  private var status: Int32?

  /// Nil when it cannot be started.
  public init?(_ executable: String, _ arguments: [String], errors: String? = nil) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var id: pid_t = 0
    guard posix_spawn(&id, executable, &actions, nil, &words, environ) == 0 else { return nil }
    self.id = id
  }

  deinit { kill() }

  public var isRunning: Bool {
    guard status == nil else { return false }
    var ended: Int32 = 0
    if waitpid(id, &ended, WNOHANG) == id { status = ended }
    return status == nil
  }

  /// Waits for its end; the exit code, or -1 after a signal.
  public func end() -> Int32 {
    if status == nil {
      var ended: Int32 = 0
      if waitpid(id, &ended, 0) == id { status = ended }
    }
    let status = self.status ?? -1
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
  }

  public func kill() {
    guard isRunning else { return }
    Glibc.kill(id, SIGKILL)
    _ = end()
  }
}
