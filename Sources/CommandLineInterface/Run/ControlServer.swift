import Failpoints
import Glibc
import Synchronization

/// Answers commands while a run is live, on a thread of its own, one at a time.
enum ControlServer {
  /// How long the end of a run waits for an answer under way: the command that asked wants to know what came of
  /// it, a stopping run must end soon.
  private static let longestWaitMilliseconds = 1000
  private static let isServing = Atomic(false)

  /// - Parameter handle: may block until the request is done; called on the server's thread.
  static func start(
    journalPath: String, handle: @escaping @Sendable (ControlRequest) -> ControlReply
  ) throws(ControlSocket.Failure) {
    Failpoint.reach("control.listen.before")
    let listener = try ControlSocket.listen(journalPath: journalPath)
    Failpoint.reach("control.listen.after")
    DedicatedThread.start {
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0 {
          // The process ran out of descriptors, or the client is gone: the next one gets its turn.
          if errno != EINTR && errno != ECONNABORTED { usleep(50_000) }
          continue
        }
        isServing.store(true, ordering: .releasing)
        serve(connection, handle)
        close(connection)
        isServing.store(false, ordering: .releasing)
      }
    }
  }

  /// Of this run, or of one that died. The caller holds the lock.
  static func removeSocket(journalPath: String) { unlink(journalPath + ControlSocket.nameSuffix) }

  static func stop(journalPath: String) {
    removeSocket(journalPath: journalPath)
    var waited = 0
    while isServing.load(ordering: .acquiring), waited < longestWaitMilliseconds {
      MonotonicClock.pause(milliseconds: 5)
      waited += 5
    }
  }

  private static func serve(_ connection: Int32, _ handle: (ControlRequest) -> ControlReply) {
    guard ControlSocket.isOurs(connection), let text = ControlSocket.receive(from: connection, seconds: 5),
      let line = text.split(separator: "\n").first, let request = ControlRequest(line: line)
    else { return }
    Failpoint.reach("control.request.before")
    let reply = handle(request)
    Failpoint.reach("control.request.after")
    ControlSocket.send(reply.lines, to: connection)
    Failpoint.reach("control.reply.after")
  }
}
