import CCurl
import CCurlShim
import Glibc

/// A libcurl easy handle that serves one exchange after another. What all exchanges have in common is set
/// once; between two exchanges only what differs is set anew. Belongs to the curl thread.
final class CurlHandle {
  let easy: UnsafeMutableRawPointer
  /// Filled by libcurl with the reason of a failure; lives as long as the handle.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private(set) var exchange: CurlExchange?
  /// The request under way waits for `100 Continue` before it sends its body.
  private(set) var expects = false
  var current = Settings()
  var headerList: UnsafeMutablePointer<curl_slist>?
  var headers: [(name: String, value: String)] = []

  /// What differs between requests and stays set on the handle.
  struct Settings {
    var shape: Shape = .get
    var customMethod: String?
    var deadlines: HTTPDeadlines?
    var proxy: HTTPProxy?
    var isFresh = false
    var withheld: [String] = []
  }

  /// How libcurl must be told what kind of request it is. `whole` has its body at hand and sends it with the head.
  enum Shape { case get, head, post, upload, whole }

  /// The certificate authorities trusted beside the system's. Set for good: taking the option back would
  /// leave the handle without the system's own file.
  let caFile: String?

  /// What it served last, and is set up for.
  private(set) var use: IdleHandles.Use

  /// `loop` is told of sockets that are made and closed.
  init?(for use: IdleHandles.Use, loop: UnsafeMutableRawPointer) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    self.use = use
    caFile = use.caFile
    errorText[0] = 0
    setBase()
    setSocketCallbacks(loop)
    if let caFile { _ = mc_easy_set_string(easy, CURLOPT_CAINFO, caFile) }
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  /// Makes the handle ready for `exchange`, or says why the request cannot be sent.
  ///
  /// - Parameter mayExpect: a large body may wait for the server's `100 Continue`.
  func prepare(_ exchange: CurlExchange, mayExpect: Bool) -> HTTPFailure? {
    let request = exchange.request
    guard Self.isSendable(request.url), request.url.utf8.first != 0x20 else {
      return HTTPFailure(.invalidRequest, "the URL has white space or control characters")
    }
    guard request.headers.allSatisfy({ Self.isFieldText($0.name) && Self.isFieldText($0.value) }) else {
      return HTTPFailure(.invalidRequest, "a header field has control characters")
    }
    guard mc_easy_set_string(easy, CURLOPT_URL, request.url) == CURLE_OK else {
      return HTTPFailure(.other, "no memory for the URL")
    }
    errorText[0] = 0
    use = IdleHandles.Use(request)
    setMethod(request)
    expects = mayExpect && request.body.length > Self.expectThreshold
    setHeaders(request)
    setDeadlines(request.deadlines)
    setProxy(request.proxy)
    // Without a body there is nothing whose rewinding could be refused, so a kept connection is not risked.
    setFresh(!request.isRepeatable && request.body.length == 0)
    self.exchange = exchange
    return nil
  }

  func release() {
    exchange = nil
    // An idle handle keeps no body.
    if current.shape == .whole { _ = mc_easy_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, nil) }
  }

  /// Bytes that are read at once, so that the answer with a usual result comes in one piece.
  private static let bufferSize = 64 << 10

  /// libcurl's words for the failure, else its words for the code.
  func reason(_ code: CURLcode) -> String {
    let text = errorText[0] == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText)
    return "\(text.map { String(cString: $0) } ?? "failed") (curl \(code.rawValue))"
  }

  func long(_ info: CURLINFO) -> Int {
    var value = 0
    _ = mc_easy_get_long(easy, info, &value)
    return value
  }

  func offset(_ info: CURLINFO) -> Int64 {
    var value: curl_off_t = 0
    _ = mc_easy_get_offset(easy, info, &value)
    return Int64(value)
  }

  func string(_ info: CURLINFO) -> String? {
    var value: UnsafePointer<CChar>?
    _ = mc_easy_get_string(easy, info, &value)
    return value.flatMap { $0.pointee == 0 ? nil : String(cString: $0) }
  }

  private static func isSendable(_ text: String) -> Bool { text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } }

  private static func isFieldText(_ text: String) -> Bool {
    text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
  }
}

extension CurlHandle {
  private func setBase() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    // The callbacks get `me` unretained: the handle outlives its transfers, because the loop holds it until
    // it has been removed from the multi handle.
    _ = mc_easy_set_pointer(easy, CURLOPT_PRIVATE, me)
    _ = mc_easy_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    _ = mc_easy_set_long(easy, CURLOPT_NOSIGNAL, 1)
    _ = mc_easy_set_long(easy, CURLOPT_BUFFERSIZE, Self.bufferSize)
    _ = mc_easy_set_long(easy, CURLOPT_TCP_NODELAY, 1)
    _ = mc_easy_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    _ = mc_easy_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    _ = mc_easy_set_long(easy, CURLOPT_PATH_AS_IS, 1)
    _ = mc_easy_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    _ = mc_easy_set_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    _ = mc_easy_set_long(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    _ = mc_easy_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
    _ = mc_easy_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
    _ = mc_easy_set_string(easy, CURLOPT_PROXY, "")
    _ = mc_easy_set_string(easy, CURLOPT_NOPROXY, "")
    _ = mc_easy_allow_only_http(easy)
    setCallbacks(me)
  }

  private func setCallbacks(_ me: UnsafeMutableRawPointer) {
    _ = mc_easy_set_pointer(easy, CURLOPT_HEADERDATA, me)
    _ = mc_easy_set_transfer_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      let handle = CurlHandle.from(context)
      let length = size * count
      return handle.exchange?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: length)) == true
        ? length : 0
    }
    _ = mc_easy_set_pointer(easy, CURLOPT_WRITEDATA, me)
    _ = mc_easy_set_transfer_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      let handle = CurlHandle.from(context)
      let length = size * count
      let piece = UnsafeRawBufferPointer(start: bytes, count: length)
      let isTaken = handle.exchange?.takeBody(piece) { handle.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) }
      return isTaken == true ? length : Int(CURL_WRITEFUNC_ERROR)
    }
    _ = mc_easy_set_pointer(easy, CURLOPT_READDATA, me)
    _ = mc_easy_set_transfer_callback(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
      let handle = CurlHandle.from(context)
      let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
      return handle.exchange?.fillBody(buffer) ?? Int(CURL_READFUNC_ABORT)
    }
    _ = mc_easy_set_pointer(easy, CURLOPT_SEEKDATA, me)
    _ = mc_easy_set_seek_callback(easy) { context, offset, origin in
      // libcurl only ever asks for the start.
      guard offset == 0, origin == 0 else { return CURL_SEEKFUNC_FAIL }
      return CurlHandle.from(context).exchange?.rewindBody() == true ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
    }
  }

  private func setSocketCallbacks(_ loop: UnsafeMutableRawPointer) {
    // A connection keeps them beyond the handle that made it.
    _ = mc_easy_set_pointer(easy, CURLOPT_OPENSOCKETDATA, loop)
    _ = mc_easy_set_open_socket_callback(easy) { context, _, address in
      let socket = mc_socket_open(address)
      if socket != CURL_SOCKET_BAD { CurlLoop.from(context).sockets.open(socket) }
      return socket
    }
    _ = mc_easy_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, loop)
    _ = mc_easy_set_close_socket_callback(easy) { context, socket in
      CurlLoop.from(context).sockets.close(socket)
      return close(socket)
    }
  }

  static func from(_ context: UnsafeMutableRawPointer?) -> CurlHandle {
    Unmanaged<CurlHandle>.fromOpaque(context!).takeUnretainedValue()
  }
}
