import Dates
import Glibc
import HTTP
import Synchronization

/// Puts, gets, asks for and deletes single objects of one bucket, and lists them.
///
/// It signs, sends each request once and says what came of it. Two things it mends by itself: a clock that
/// differs from the store's (signed again once, the offset is kept), and nothing else; retries belong to
/// its callers.
public final class S3Client: Sendable {
  /// Called once, from a thread of the transport.
  public typealias Reply = @Sendable (Result<S3Object, S3Error>) -> Void

  /// An error document is read up to this size; a larger answer is an error of its own.
  private static let answerLimit = 1 << 20
  /// A page of 1,000 keys of 1,024 bytes each, all of them escaped, and as much again for the rest.
  private static let listingLimit = 8 << 20
  /// A refusal with a `Date` further off than this is taken for one because of the clock. Stores allow 15 min.
  private static let tolerableSkewMilliseconds: Int64 = 5 * 60_000

  private let http: any HTTPClient
  private let endpoint: S3Endpoint
  private let caFile: String?
  private let deadlines: HTTPDeadlines
  private let clock: @Sendable () -> Int64
  private let state: Mutex<State>

  private struct State {
    var credentials: S3Credentials
    var signer: SigV4Signer?
    /// The store's time minus ours.
    var skewMilliseconds: Int64 = 0
  }

  /// `clock` gives the wall time in milliseconds since 1970.
  public init(
    http: any HTTPClient, configuration: S3Configuration, credentials: S3Credentials,
    clock: @escaping @Sendable () -> Int64
  ) throws(S3Error) {
    self.http = http
    endpoint = try S3Endpoint(configuration)
    caFile = configuration.caFile
    deadlines = configuration.deadlines
    self.clock = clock
    state = Mutex(State(credentials: credentials))
  }

  /// Later requests are signed with these.
  public func replaceCredentials(_ credentials: S3Credentials) {
    state.withLock {
      $0.credentials = credentials
      $0.signer = nil
    }
  }

  /// What a PUT may find under its key.
  public enum Condition: Hashable, Sendable {
    case none
    /// Nothing.
    case new
    /// The object that has this ETag.
    case replacing(etag: String)

    fileprivate var fields: [(name: String, value: String)] {
      switch self {
      case .none: return []
      case .new: return [("if-none-match", "*")]
      case .replacing(let etag): return [("if-match", etag)]
      }
    }
  }

  /// Stores an object. Success means that the store confirmed it with an ETag. A condition that does not hold is an error
  /// of kind `.preconditionFailed`; one that another request met meanwhile of kind `.conflict`. Not every store knows
  /// conditions.
  public func put(
    key: String, payload: S3Payload, contentType: String, metadata: [(name: String, value: String)] = [],
    condition: Condition = .none, reply: @escaping Reply
  ) {
    let fields =
      [("content-type", contentType)] + condition.fields
      + metadata.map { ("x-amz-meta-\($0.name)", $0.value) }
    send(Call(method: .put, key: key, fields: fields, payload: payload), reply: reply)
  }

  /// Brings an object to where `receive` says.
  public func get(key: String, receive: HTTPReceive, reply: @escaping Reply) {
    send(Call(method: .get, key: key, receive: receive), reply: reply)
  }

  /// Asks for an object's fields.
  public func head(key: String, reply: @escaping Reply) { send(Call(method: .head, key: key), reply: reply) }

  /// Removes an object; one that is not there is removed already.
  public func delete(key: String, reply: @escaping Reply) {
    send(Call(method: .delete, key: key), reply: reply)
  }

  /// A page of the bucket's keys that begin with `prefix`, in the store's order (ListObjectsV2).
  ///
  /// - Parameter token: `next` of the page before; nil for the first.
  public func list(
    prefix: String, token: String?, limit: Int = 1000,
    reply: @escaping @Sendable (Result<S3Listing, S3Error>) -> Void
  ) {
    var call = Call(method: .get, key: "", receive: .memory(limit: Self.listingLimit))
    call.query = [
      ("list-type", "2"), ("prefix", prefix), ("max-keys", "\(limit)"), ("encoding-type", "url"),
    ]
    if let token { call.query.append(("continuation-token", token)) }
    send(call) { result in
      reply(
        result.flatMap { object in
          // A store that gives the same place again would keep us going round.
          guard case .memory(let bytes) = object.body, let page = S3Listing(bytes),
            page.next != token || token == nil
          else { return .failure(S3Error(.other, reason: "the store's list of objects cannot be read")) }
          return .success(page)
        })
    }
  }

  private struct Call: Sendable {
    var method: HTTPMethod
    /// Empty for the bucket itself.
    var key: String
    var query: [(name: String, value: String)] = []
    var fields: [(name: String, value: String)] = []
    var payload = S3Payload.empty
    var receive = HTTPReceive.memory(limit: answerLimit)
  }

  private func send(_ call: Call, isSecond: Bool = false, reply: @escaping Reply) {
    http.send(signed(call)) { [self] result in
      switch result {
      case .failure(let error): reply(.failure(S3Error(error)))
      case .success(let response):
        guard let error = refusal(response, to: call) else { return reply(.success(S3Object(response))) }
        if !isSecond, noteSkew(response, error) { return send(call, isSecond: true, reply: reply) }
        reply(.failure(error))
      }
    }
  }
}

extension S3Client {
  private func signed(_ call: Call) -> HTTPRequest {
    let (credentials, signer, date) = signingState()
    var fields = call.fields
    fields.append(("x-amz-content-sha256", call.payload.sha256))
    fields.append(("x-amz-date", date.timestamp))
    if let token = credentials.sessionToken { fields.append(("x-amz-security-token", token)) }
    let path = endpoint.path(of: call.key)
    let toSign = SigV4Request(
      method: call.method.rawValue, path: path, query: call.query, fields: fields + [("host", endpoint.host)],
      payloadHash: call.payload.sha256)
    fields.append(("Authorization", signer.authorization(toSign, timestamp: date.timestamp)))
    // What is signed is what is sent.
    let query = call.query.isEmpty ? "" : "?" + toSign.canonicalQuery
    return HTTPRequest(
      method: call.method, url: endpoint.url(path: path) + query, headers: fields, body: call.payload.body,
      receive: call.receive, deadlines: deadlines, caFile: caFile)
  }

  private func signingState() -> (S3Credentials, SigV4Signer, SigningDate) {
    let now = clock()
    return state.withLock { state in
      let date = SigningDate(millisecondsSinceEpoch: now + state.skewMilliseconds)
      let scope = SigV4Scope(day: date.day, region: endpoint.region, service: "s3")
      if let signer = state.signer, signer.scope == scope { return (state.credentials, signer, date) }
      let signer = SigV4Signer(credentials: state.credentials, scope: scope)
      state.signer = signer
      return (state.credentials, signer, date)
    }
  }

  /// Nil when the answer is a success that deserves the name.
  private func refusal(_ response: HTTPResponse, to call: Call) -> S3Error? {
    if response.isSuccess, call.method == .get || call.method == .head { return nil }
    if call.method == .delete, response.status == 404, document(response)?.code != "NoSuchBucket" {
      return nil
    }
    let found = document(response)
    guard response.isSuccess, found == nil else {
      var error = S3Error(answer: response, document: found, nowMilliseconds: clock() + skew)
      // Whoever asks for one object may be told in any words, or in none, that it is not there.
      if error.kind == .noEndpoint, call.method != .put, !call.key.isEmpty { error.kind = .noSuchKey }
      return error
    }
    if call.method == .put, response.headers["etag"]?.isEmpty != false {
      return S3Error(.falseSuccess, status: response.status, reason: "the store confirmed no ETag")
    }
    return nil
  }

  private func document(_ response: HTTPResponse) -> S3ErrorDocument? {
    switch response.body {
    case .memory(let bytes): return bytes.isEmpty ? nil : S3ErrorDocument(bytes)
    case .file(let path, _):
      // A refusal large enough to spill is no object; nobody else knows of the file.
      unlink(path)
      return nil
    }
  }

  private var skew: Int64 { state.withLock { $0.skewMilliseconds } }

  /// Whether the refusal is because of the clock; then the store's time is taken over. Not every store has a
  /// code of its own for that: `rclone serve s3` answers 400 AccessDenied.
  private func noteSkew(_ response: HTTPResponse, _ error: S3Error) -> Bool {
    guard error.kind == .skewed || [400, 401, 403].contains(response.status),
      let theirs = response.headers["date"].flatMap(HTTPDate.milliseconds)
    else { return false }
    let offset = theirs - clock()
    return state.withLock { state in
      guard error.kind == .skewed || abs(offset - state.skewMilliseconds) > Self.tolerableSkewMilliseconds
      else { return false }
      state.skewMilliseconds = offset
      return true
    }
  }
}
