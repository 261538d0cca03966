/// What to send, and how to take the answer.
public struct HTTPRequest: Sendable {
  public var method: HTTPMethod
  /// Absolute, `http` or `https`, already percent-encoded; sent as it stands, `..` included.
  public var url: String
  /// Sent in this order after the ones the client needs (`Host`, `Accept`, `Content-Length`).
  public var headers: [(name: String, value: String)]
  public var body: HTTPBody
  public var receive: HTTPReceive
  public var deadlines: HTTPDeadlines
  /// A PEM file with certificate authorities, trusted beside the system's.
  public var caFile: String?
  /// Nil: no proxy, whatever the environment says.
  public var proxy: HTTPProxy?
  /// Whether the request may reach the server twice without harm. A kept connection that dies before the
  /// first byte of the answer leaves open whether the request was processed: a repeatable one is sent again
  /// on a new connection, any other fails with `reset` and `mayHaveReachedServer`.
  public var isRepeatable: Bool

  /// `isRepeatable` is true for every method but POST (RFC 9110, 9.2.2) unless it is said otherwise.
  public init(
    method: HTTPMethod = .get, url: String, headers: [(name: String, value: String)] = [],
    body: HTTPBody = .none, receive: HTTPReceive = .memory(limit: 1 << 20),
    deadlines: HTTPDeadlines = HTTPDeadlines(), caFile: String? = nil, proxy: HTTPProxy? = nil,
    isRepeatable: Bool? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.receive = receive
    self.deadlines = deadlines
    self.caFile = caFile
    self.proxy = proxy
    self.isRepeatable = isRepeatable ?? (method != .post)
  }
}

/// The methods that are used, as they are sent.
public enum HTTPMethod: String, Sendable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  /// WebDAV (RFC 4918): makes a collection.
  case makeCollection = "MKCOL"
  /// WebDAV: lists a collection.
  case listCollection = "PROPFIND"
}

/// A proxy that the request goes through: as a tunnel for `https`, as a forwarder for `http`.
public struct HTTPProxy: Hashable, Sendable {
  /// `host:port`, or a URL with `http`, `https`, `socks5` or `socks5h`.
  public var server: String
  public var username: String
  public var password: String

  public init(server: String, username: String = "", password: String = "") {
    self.server = server
    self.username = username
    self.password = password
  }
}
