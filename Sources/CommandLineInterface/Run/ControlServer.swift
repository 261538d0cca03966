import Glibc

/// Answers commands while a run is live, on a thread of its own, one at a time.
enum ControlServer {
  /// - Parameter handle: may block until the request is done; called on the server's thread.
  static func start(
    journalPath: String, handle: @escaping @Sendable (ControlRequest) -> ControlReply
  ) throws(ControlSocket.Failure) {
    let listener = try ControlSocket.listen(journalPath: journalPath)
    DedicatedThread.start {
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0 {
          // The process ran out of descriptors, or the client is gone: the next one gets its turn.
          if errno != EINTR && errno != ECONNABORTED { usleep(50_000) }
          continue
        }
        serve(connection, handle)
        close(connection)
      }
    }
  }

  static func stop(journalPath: String) { unlink(journalPath + ControlSocket.nameSuffix) }

  private static func serve(_ connection: Int32, _ handle: (ControlRequest) -> ControlReply) {
    guard ControlSocket.isOurs(connection), let text = ControlSocket.receive(from: connection, seconds: 5),
      let line = text.split(separator: "\n").first, let request = ControlRequest(line: line)
    else { return }
    ControlSocket.send(handle(request).lines, to: connection)
  }
}
