import CCurl
import CCurlShim

/// A libcurl easy handle that serves one exchange after another. What all exchanges have in common is set
/// once; between two exchanges only what differs is set anew. Belongs to the curl thread.
final class CurlHandle {
  let easy: UnsafeMutableRawPointer
  /// Filled by libcurl with the reason of a failure; lives as long as the handle.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private(set) var exchange: CurlExchange?
  /// The request under way waits for `100 Continue` before it sends its body.
  private(set) var expects = false
  private var current = Settings()
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var headers: [(name: String, value: String)] = []

  /// What differs between requests and stays set on the handle.
  private struct Settings {
    var shape: Shape = .get
    var customMethod: String?
    var deadlines: HTTPDeadlines?
    var proxy: HTTPProxy?
    var isFresh = false
    var withheld: [String] = []
  }

  /// How libcurl must be told what kind of request it is.
  private enum Shape { case get, head, post, upload }

  /// The certificate authorities trusted beside the system's. Set for good: taking the option back would
  /// leave the handle without the system's own file.
  let caFile: String?

  init?(caFile: String?) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    self.caFile = caFile
    errorText[0] = 0
    setBase()
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

  func release() { exchange = nil }

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

  static func from(_ context: UnsafeMutableRawPointer?) -> CurlHandle {
    Unmanaged<CurlHandle>.fromOpaque(context!).takeUnretainedValue()
  }

  private func setMethod(_ request: HTTPRequest) {
    let (shape, custom) = Self.shape(request)
    if shape != current.shape {
      // HTTPGET clears what the other shapes leave behind.
      _ = mc_easy_set_long(easy, CURLOPT_HTTPGET, 1)
      switch shape {
      case .get: break
      case .head: _ = mc_easy_set_long(easy, CURLOPT_NOBODY, 1)
      case .post: _ = mc_easy_set_long(easy, CURLOPT_POST, 1)
      case .upload: _ = mc_easy_set_long(easy, CURLOPT_UPLOAD, 1)
      }
      current.shape = shape
    }
    if custom != current.customMethod {
      _ = mc_easy_set_string(easy, CURLOPT_CUSTOMREQUEST, custom)
      current.customMethod = custom
    }
    if shape == .post {
      _ = mc_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.length))
    }
    if shape == .upload {
      _ = mc_easy_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(request.body.length))
    }
  }

  private static func shape(_ request: HTTPRequest) -> (Shape, customMethod: String?) {
    switch request.method {
    case .head: return (.head, nil)
    case .post: return (.post, nil)
    case .put: return (.upload, nil)
    case .get, .delete, .patch:
      let custom = request.method == .get ? nil : request.method.rawValue
      if request.body.length > 0 { return (.upload, request.method.rawValue) }
      return (.get, custom)
    }
  }

  private func setHeaders(_ request: HTTPRequest) {
    let withheld = withheld(request)
    if withheld == current.withheld,
      headers.elementsEqual(request.headers, by: { $0.name == $1.name && $0.value == $1.value })
    {
      return
    }
    var list: UnsafeMutablePointer<curl_slist>?
    // `Name:` withholds a field that libcurl would add, `Name;` sends a field that is empty.
    for name in withheld { list = curl_slist_append(list, name + ":") }
    for (name, value) in request.headers {
      list = curl_slist_append(list, value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    _ = mc_easy_set_list(easy, CURLOPT_HTTPHEADER, list)
    curl_slist_free_all(headerList)
    headerList = list
    headers = request.headers
    current.withheld = withheld
  }

  /// Fields that libcurl would add and that must not be sent: a form's type on a POST, and `Expect`, whose
  /// round trip pays only for large bodies (libcurl 7 asks for it with every PUT).
  private func withheld(_ request: HTTPRequest) -> [String] {
    guard request.method == .post || request.body.length > 0 else { return [] }
    var names: [String] = []
    if !expects { names.append("Expect") }
    if request.method == .post, !request.headers.contains(where: { Self.isContentType($0.name) }) {
      names.append("Content-Type")
    }
    return names
  }

  /// Bodies above this size wait for the server's `100 Continue`, so that a refusal spares the upload.
  private static let expectThreshold: Int64 = 1 << 20

  private static func isContentType(_ name: String) -> Bool {
    name == "Content-Type" || name.lowercased() == "content-type"
  }

  private func setDeadlines(_ deadlines: HTTPDeadlines) {
    guard deadlines != current.deadlines else { return }
    _ = mc_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(deadlines.connect.wholeMilliseconds))
    _ = mc_easy_set_long(easy, CURLOPT_TIMEOUT_MS, Int(deadlines.total?.wholeMilliseconds ?? 0))
    current.deadlines = deadlines
  }

  private func setProxy(_ proxy: HTTPProxy?) {
    guard proxy != current.proxy else { return }
    // The empty string, unlike none at all, also switches the environment's proxy off.
    _ = mc_easy_set_string(easy, CURLOPT_PROXY, proxy?.server ?? "")
    let username = proxy.flatMap { $0.username.isEmpty ? nil : $0.username }
    _ = mc_easy_set_string(easy, CURLOPT_PROXYUSERNAME, username)
    _ = mc_easy_set_string(easy, CURLOPT_PROXYPASSWORD, username == nil ? nil : proxy?.password)
    current.proxy = proxy
  }

  private func setFresh(_ isFresh: Bool) {
    guard isFresh != current.isFresh else { return }
    _ = mc_easy_set_long(easy, CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)
    current.isFresh = isFresh
  }
}
