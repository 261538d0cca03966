import Failpoints
import Glibc
import Threads

/// Answers commands while a run is live: one thread listens and reads, each request is done on one of its own.
///
/// So a command that waits for its mission's end, or a client that says nothing, keeps nobody out.
enum ControlServer {
  /// How long the end of a run waits for answers under way: the command that asked wants to know what came of
  /// it, a stopping run must end soon.
  private static let longestWait = Duration.seconds(1)
  /// Requests that are being done.
  private static let serving = Monitor(0)

  /// - Parameter handle: may block until the request is done; called on a thread of its own.
  static func start(
    journalPath: String,
    start: @escaping ThreadStarter = OwnedThread.starter,
    handle: @escaping @Sendable (ControlRequest) -> ControlReply
  ) throws(ControlSocket.Failure) {
    Failpoint.reach("control.listen.before")
    let listener = try ControlSocket.listen(journalPath: journalPath)
    Failpoint.reach("control.listen.after")
    _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    do throws(ThreadFailure) {
      try start {
        var reception = ControlReception(listener: listener)
        while true {
          for (connection, text) in reception.next() { serve(connection, text, start, handle) }
        }
      }
    } catch {
      close(listener)
      removeSocket(journalPath: journalPath)
      throw ControlSocket.Failure(message: "commands cannot be listened to, \(error)", isOfThread: true)
    }
  }

  /// Of this run, or of one that died. The caller holds the lock.
  static func removeSocket(journalPath: String) { unlink(journalPath + ControlSocket.nameSuffix) }

  static func stop(journalPath: String) {
    removeSocket(journalPath: journalPath)
    _ = serving.wait(until: .now + longestWait) { $0 == 0 ? true : nil }
  }

  /// Takes the connection over.
  private static func serve(
    _ connection: Int32, _ text: String, _ start: ThreadStarter,
    _ handle: @escaping @Sendable (ControlRequest) -> ControlReply
  ) {
    guard let line = text.split(separator: "\n").first, let request = ControlRequest(line: line) else {
      close(connection)
      return
    }
    serving.change { $0 += 1 }
    do throws(ThreadFailure) {
      try start { answer(connection) { handle(request) } }
    } catch {
      let reason = error.message
      answer(connection) { ControlReply(refusing: request.missions, reason) }
    }
  }

  private static func answer(_ connection: Int32, _ reply: () -> ControlReply) {
    Failpoint.reach("control.request.before")
    let reply = reply()
    Failpoint.reach("control.request.after")
    ControlSocket.send(reply.lines, to: connection)
    Failpoint.reach("control.reply.after")
    close(connection)
    serving.change { $0 -= 1 }
  }
}
