import CCurl
import CCurlShim

// Setting what differs from one request to the next, and only that.
extension CurlHandle {
  func setMethod(_ request: HTTPRequest) {
    let (shape, custom) = Self.shape(request)
    if shape != current.shape {
      // HTTPGET clears what the other shapes leave behind.
      _ = mc_easy_set_long(easy, CURLOPT_HTTPGET, 1)
      switch shape {
      case .get: break
      case .head: _ = mc_easy_set_long(easy, CURLOPT_NOBODY, 1)
      case .post: _ = mc_easy_set_long(easy, CURLOPT_POST, 1)
      case .upload: _ = mc_easy_set_long(easy, CURLOPT_UPLOAD, 1)
      case .whole: break
      }
      current.shape = shape
    }
    if custom != current.customMethod {
      _ = mc_easy_set_string(easy, CURLOPT_CUSTOMREQUEST, custom)
      current.customMethod = custom
    }
    if shape == .post || shape == .whole {
      _ = mc_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.length))
    }
    if shape == .upload {
      _ = mc_easy_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(request.body.length))
    }
    if shape == .whole, case .bytes(let bytes) = request.body {
      bytes.withUnsafeBytes {
        // Copied by libcurl, which makes a POST of it.
        let start = UnsafeMutableRawPointer(mutating: $0.baseAddress)
        _ = mc_easy_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
      }
    }
  }

  private static func shape(_ request: HTTPRequest) -> (Shape, customMethod: String?) {
    if request.method != .head, isWhole(request) {
      return (.whole, customMethod: request.method == .post ? nil : request.method.rawValue)
    }
    switch request.method {
    case .head: return (.head, nil)
    case .post: return (.post, nil)
    case .put: return (.upload, nil)
    case .get, .delete, .patch, .makeCollection, .listCollection:
      let custom = request.method == .get ? nil : request.method.rawValue
      if request.body.length > 0 { return (.upload, request.method.rawValue) }
      return (.get, custom)
    }
  }

  /// Whether the body goes out together with the head. Never one that must not be sent twice: libcurl asks nobody
  /// before it sends a body again that it has itself.
  private static func isWhole(_ request: HTTPRequest) -> Bool {
    guard request.isRepeatable, case .bytes(let bytes) = request.body else { return false }
    return !bytes.isEmpty && bytes.count < largestWhole
  }

  /// libcurl sends larger ones apart from the head.
  private static let largestWhole = 64 << 10

  func setHeaders(_ request: HTTPRequest) {
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
    if request.method == .post || current.shape == .whole,
      !request.headers.contains(where: { Self.isContentType($0.name) })
    {
      names.append("Content-Type")
    }
    return names
  }

  /// Bodies above this size wait for the server's `100 Continue`, so that a refusal spares the upload.
  static let expectThreshold: Int64 = 1 << 20

  private static func isContentType(_ name: String) -> Bool {
    name == "Content-Type" || name.lowercased() == "content-type"
  }

  func setDeadlines(_ deadlines: HTTPDeadlines) {
    guard deadlines != current.deadlines else { return }
    _ = mc_easy_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(deadlines.connect.wholeMilliseconds))
    _ = mc_easy_set_long(easy, CURLOPT_TIMEOUT_MS, Int(deadlines.total?.wholeMilliseconds ?? 0))
    current.deadlines = deadlines
  }

  func setProxy(_ proxy: HTTPProxy?) {
    guard proxy != current.proxy else { return }
    // The empty string, unlike none at all, also switches the environment's proxy off.
    _ = mc_easy_set_string(easy, CURLOPT_PROXY, proxy?.server ?? "")
    let username = proxy.flatMap { $0.username.isEmpty ? nil : $0.username }
    _ = mc_easy_set_string(easy, CURLOPT_PROXYUSERNAME, username)
    _ = mc_easy_set_string(easy, CURLOPT_PROXYPASSWORD, username == nil ? nil : proxy?.password)
    current.proxy = proxy
  }

  func setFresh(_ isFresh: Bool) {
    guard isFresh != current.isFresh else { return }
    _ = mc_easy_set_long(easy, CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)
    current.isFresh = isFresh
  }
}
