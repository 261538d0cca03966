import CCurl
import CCurlShim
import Glibc

/// One libcurl multi handle.
final class BareLoop {
  private let multi: UnsafeMutableRawPointer

  init(connections: Int = 64) throws(BenchmarkFailure) {
    curl_global_init(Int(CURL_GLOBAL_ALL))
    guard let multi = curl_multi_init() else { throw BenchmarkFailure("no curl multi handle") }
    self.multi = multi
    _ = mc_multi_set_long(multi, CURLMOPT_MAXCONNECTS, connections)
  }

  deinit { curl_multi_cleanup(multi) }

  func add(_ transfer: BareTransfer) { curl_multi_add_handle(multi, transfer.easy) }

  /// What has ended; when nothing has, waits so long for something to happen. A failed transfer ends the program:
  /// a reference that skips work measures nothing.
  func turn(waitingMilliseconds: Int32) -> [BareTransfer] {
    var running: Int32 = 0
    curl_multi_perform(multi, &running)
    var ended: [BareTransfer] = []
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      let result = mc_message_result(message)
      var context: UnsafeMutableRawPointer?
      _ = mc_easy_get_pointer(easy, CURLINFO_PRIVATE, &context)
      let transfer = Unmanaged<BareTransfer>.fromOpaque(context!).takeUnretainedValue()
      curl_multi_remove_handle(multi, easy)
      guard result == CURLE_OK else { Self.fail(transfer, result) }
      ended.append(transfer)
    }
    if ended.isEmpty { curl_multi_poll(multi, nil, 0, waitingMilliseconds, nil) }
    return ended
  }

  /// Sends one request and waits for its answer.
  func finish(_ transfer: BareTransfer) {
    add(transfer)
    while turn(waitingMilliseconds: 1000).isEmpty {}
  }

  private static func fail(_ transfer: BareTransfer, _ result: CURLcode) -> Never {
    var url: UnsafePointer<CChar>?
    _ = mc_easy_get_string(transfer.easy, CURLINFO_EFFECTIVE_URL, &url)
    Console.say("\(url.map { String(cString: $0) } ?? ""): \(String(cString: curl_easy_strerror(result)))")
    exit(EXIT_FAILURE)
  }
}
