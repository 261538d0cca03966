import MissionCore

/// What a failure has to do with the proxy of its session.
package enum ProxyBlame {
  /// Whether the proxy is to blame: the session itself failed (ERROR101 to 103), or its worker says that it was the
  /// proxy. A job's own failure is not.
  package static func isEarned(by failure: Failure, worker: String) -> Bool {
    switch failure.code {
    case .sessionNotReady, .sessionStuck, .sessionDisconnected: return true
    default: return isTold(in: failure.message, by: worker)
    }
  }

  /// Whether a worker's words name the proxy; its own name does not count.
  static func isTold(in message: Message, by worker: String) -> Bool {
    let words = message.plain.replacing(worker, with: " ").lowercased().split { !$0.isLetter }
    return words.contains("proxy")
  }
}
