import CCurl
import CCurlShim
import Files
import Glibc
import Messages

/// The kernel's list of watched descriptors (epoll). A watch can be refused: a user may have only so many
/// (`fs.epoll.max_user_watches`).
struct CurlPoll: Sendable {
  /// Watches a descriptor of an epoll for `CURL_POLL_IN`, `CURL_POLL_OUT` or both; not 0, and `errno`, when refused.
  let watch: @Sendable (_ poll: Int32, _ descriptor: Int32, _ what: Int32) -> Int32

  /// As the kernel has it.
  static let kernel = CurlPoll(watch: mc_poll_watch)

  /// Nil when the descriptor is watched.
  func failure(_ poll: Int32, _ descriptor: Int32, _ what: Int32) -> HTTPFailure? {
    guard watch(poll, descriptor, what) != 0 else { return nil }
    let code = errno
    let hint: Message = code == ENOSPC ? " (fs.epoll.max_user_watches is used up)" : ""
    return HTTPFailure(
      .exhausted(code), "a connection cannot be watched: \(Errno(code))\(hint)")
  }
}
