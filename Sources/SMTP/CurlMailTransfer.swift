import CCurl
import CCurlShim
import Glibc

/// One conversation with a mail server on a libcurl easy handle. Used by one thread.
final class CurlMailTransfer {
  private let easy: UnsafeMutableRawPointer
  /// Filled by libcurl with the reason of a failure; lives as long as the handle.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private let cancellation: CurlMailer.Cancellation
  private var recipients: UnsafeMutablePointer<curl_slist>?
  private var body: ArraySlice<UInt8> = []

  init(_ server: MailServer, timeout: Duration, cancellation: CurlMailer.Cancellation) throws(MailError) {
    guard Self.isLibraryReady, let easy = curl_easy_init() else {
      throw MailError("libcurl could not be started", isTransient: false)
    }
    self.easy = easy
    self.cancellation = cancellation
    errorText[0] = 0
    setBase(timeout)
    setServer(server)
    setCallbacks()
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(recipients)
    errorText.deallocate()
  }

  func send(_ message: MailMessage) throws(MailError) {
    body = message.bytes[...]
    _ = mc_easy_set_string(easy, CURLOPT_MAIL_FROM, "<\(message.from)>")
    for address in message.to { recipients = curl_slist_append(recipients, "<\(address)>") }
    _ = mc_easy_set_list(easy, CURLOPT_MAIL_RCPT, recipients)
    _ = mc_easy_set_long(easy, CURLOPT_UPLOAD, 1)
    _ = mc_easy_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(body.count))
    try perform()
  }

  /// A command that changes nothing, after the login.
  func probe() throws(MailError) {
    _ = mc_easy_set_long(easy, CURLOPT_NOBODY, 1)
    _ = mc_easy_set_string(easy, CURLOPT_CUSTOMREQUEST, "NOOP")
    try perform()
  }

  private func perform() throws(MailError) {
    let code = curl_easy_perform(easy)
    guard code != CURLE_OK else { return }
    if cancellation.isCancelled { throw MailError("cancelled", isTransient: false) }
    var answer = 0
    _ = mc_easy_get_long(easy, CURLINFO_RESPONSE_CODE, &answer)
    let text = errorText[0] == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText)
    let reason = text.map { String(cString: $0) } ?? "failed"
    throw MailError(
      "\(foreign: "\(reason) (curl \(code.rawValue))")", isTransient: Self.isTransient(code, answer))
  }

  /// A refusal for good stays one; a certificate that is not trusted does not mend itself.
  private static func isTransient(_ code: CURLcode, _ answer: Int) -> Bool {
    if (500...599).contains(answer) { return false }
    switch code {
    case CURLE_LOGIN_DENIED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED,
      CURLE_URL_MALFORMAT:
      return false
    default: return true
    }
  }

  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}

extension CurlMailTransfer {
  private func setBase(_ timeout: Duration) {
    let milliseconds = max(1, Int(timeout / .milliseconds(1)))
    _ = mc_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    _ = mc_easy_set_long(easy, CURLOPT_NOSIGNAL, 1)
    _ = mc_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
    _ = mc_easy_set_long(easy, CURLOPT_TIMEOUT_MS, milliseconds)
    _ = mc_easy_set_long(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    _ = mc_easy_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
    _ = mc_easy_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
    // The empty string, unlike none at all, also switches the environment's proxy off.
    _ = mc_easy_set_string(easy, CURLOPT_PROXY, "")
    _ = mc_easy_allow_only_mail(easy)
  }

  private func setServer(_ server: MailServer) {
    _ = mc_easy_set_string(easy, CURLOPT_URL, server.url)
    // All: without TLS nothing is sent, whatever a server, or somebody on the way, says that it can.
    if server.encryption == .startTLS {
      _ = mc_easy_set_long(easy, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
    }
    if let caFile = server.caFile { _ = mc_easy_set_string(easy, CURLOPT_CAINFO, caFile) }
    guard let login = server.login else { return }
    _ = mc_easy_set_string(easy, CURLOPT_USERNAME, login.username)
    _ = mc_easy_set_string(easy, CURLOPT_PASSWORD, login.password)
  }

  /// The callbacks get `self` unretained: the transfer outlives `curl_easy_perform`, during which they come.
  private func setCallbacks() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    _ = mc_easy_set_pointer(easy, CURLOPT_READDATA, me)
    _ = mc_easy_set_transfer_callback(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
      let transfer = Unmanaged<CurlMailTransfer>.fromOpaque(context!).takeUnretainedValue()
      let piece = transfer.body.prefix(size * count)
      UnsafeMutableRawBufferPointer(start: bytes, count: size * count).copyBytes(from: piece)
      transfer.body = transfer.body.dropFirst(piece.count)
      return piece.count
    }
    // What the server answers to a probe is nobody's to read.
    _ = mc_easy_set_transfer_callback(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
    _ = mc_easy_set_long(easy, CURLOPT_NOPROGRESS, 0)
    _ = mc_easy_set_pointer(easy, CURLOPT_XFERINFODATA, me)
    _ = mc_easy_set_progress_callback(easy) { context, _, _, _, _ in
      let transfer = Unmanaged<CurlMailTransfer>.fromOpaque(context!).takeUnretainedValue()
      return transfer.cancellation.isCancelled ? 1 : 0
    }
  }
}
