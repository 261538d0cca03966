import Glibc

/// Hands a request to the run that holds the journal and waits for what came of it.
package enum ControlClient {
  /// A run answers at once for what waits and as soon as a step in progress has ended for the rest.
  static let longestWaitSeconds = 60

  /// - Throws: when no live run can be reached.
  package static func send(journalPath: String, request: ControlRequest) throws(ControlSocket.Failure)
    -> ControlReply
  {
    let descriptor = try ControlSocket.connect(journalPath: journalPath)
    defer { close(descriptor) }
    guard ControlSocket.isOurs(descriptor) else {
      throw ControlSocket.Failure(message: "the run belongs to another user")
    }
    ControlSocket.send(request.line + "\n", to: descriptor)
    guard let text = ControlSocket.receive(from: descriptor, seconds: longestWaitSeconds),
      let reply = ControlReply(lines: text)
    else { throw ControlSocket.Failure(message: "the run gave no answer; see its log and try again") }
    return reply
  }
}
