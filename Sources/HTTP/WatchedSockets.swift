import CCurl

/// Which connections the kernel watches for what, so that it is asked only for what changes. An idle connection stays
/// watched for what comes in: it is used again far more often than it is closed.
///
/// Only of sockets whose making and closing libcurl tells: the kernel forgets a closed one by itself, and its number comes
/// back.
final class WatchedSockets {
  private struct Watch {
    /// `CURL_POLL_IN`, `CURL_POLL_OUT`, both or 0.
    var known: Int32 = 0
    /// What libcurl wants; 0 between two transfers.
    var wanted: Int32 = 0
  }

  private var watches: [curl_socket_t: Watch] = [:]

  func open(_ socket: curl_socket_t) { watches[socket] = Watch() }
  func close(_ socket: curl_socket_t) { watches[socket] = nil }

  /// Whether the kernel must be told that libcurl wants `what` of the socket now.
  func want(_ what: Int32, of socket: curl_socket_t) -> Bool {
    guard watches[socket] != nil else { return true }
    watches[socket]!.wanted = what
    return watches[socket]!.known != what
  }

  /// The kernel watches the socket for `what` now; 0: not at all.
  func note(_ what: Int32, of socket: curl_socket_t) { watches[socket]?.known = what }

  /// Whether the kernel must be told that nothing is wanted any more.
  func forget(_ socket: curl_socket_t) -> Bool {
    guard let watch = watches[socket] else { return true }
    watches[socket]!.wanted = 0
    return watch.known & CURL_POLL_OUT != 0
  }

  /// Whether something happened to a connection that no transfer uses.
  func isIdle(_ socket: curl_socket_t) -> Bool { watches[socket]?.wanted == 0 }
}
