import Crypto
import HTTP
import Synchronization
import Testing

@testable import S3

@Suite(.timeLimit(.minutes(5))) struct S3ClientTests {
  private static let now: Int64 = 1_369_353_600_000

  private func client(
    _ http: RecordingClient, endpoint: String? = "http://127.0.0.1:9000", region: String = "auto",
    addressing: S3Configuration.Addressing = .path, token: String? = nil, allowPlain: Bool = false,
    bucket: String = "b"
  ) throws -> S3Client {
    try S3Client(
      http: http,
      configuration: S3Configuration(
        endpoint: endpoint, bucket: bucket, region: region, addressing: addressing, allowPlain: allowPlain),
      credentials: S3Credentials(accessKey: "AK", secretKey: "SK", sessionToken: token), clock: { Self.now })
  }

  private func put(_ client: S3Client, key: String = "k") -> Result<S3Object, S3Error> {
    let box = Mutex<Result<S3Object, S3Error>?>(nil)
    let payload = S3Payload(body: .bytes(Array("[]\n".utf8)), sha256: SHA256.hexDigest(of: "[]\n"))
    client.put(key: key, payload: payload, contentType: "application/json", metadata: [("ads-count", "0")]) {
      result in
      box.withLock { $0 = result }
    }
    return box.withLock { $0 } ?? .failure(S3Error(.other, reason: "no reply"))
  }

  private func putError(_ answers: Result<HTTPResponse, HTTPError>...) throws -> S3Error {
    switch put(try client(RecordingClient(answers))) {
    case .success: throw S3Error(.other, reason: "succeeded")
    case .failure(let error): return error
    }
  }

  @Test("a PUT signs and sends host, type, date, hash and metadata, and gives the ETag back")
  func put() throws {
    let http = RecordingClient([answer(200, "", [("ETag", "\"e1\"")])])
    let result = put(try client(http, token: "TOKEN"), key: "p/2025-01-01/x.json")
    #expect(try result.get().etag == "\"e1\"")
    let request = http.requests[0]
    #expect(request.url == "http://127.0.0.1:9000/b/p/2025-01-01/x.json")
    let fields = Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
    #expect(fields["x-amz-date"] == "20130524T000000Z")
    #expect(fields["x-amz-content-sha256"] == SHA256.hexDigest(of: "[]\n"))
    #expect(fields["x-amz-security-token"] == "TOKEN")
    #expect(fields["x-amz-meta-ads-count"] == "0")
    #expect(
      fields["authorization"]?.hasPrefix(
        "AWS4-HMAC-SHA256 Credential=AK/20130524/auto/s3/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-meta-ads-count;x-amz-security-token, Signature="
      ) == true)
  }

  @Test("the endpoint, the region and the addressing make the URL")
  func urls() throws {
    func url(_ endpoint: String?, _ region: String, _ addressing: S3Configuration.Addressing) throws -> String
    {
      let http = RecordingClient([answer(200, "", [("ETag", "e")])])
      _ = put(try client(http, endpoint: endpoint, region: region, addressing: addressing))
      return http.requests[0].url
    }
    #expect(try url(nil, "auto", .path) == "https://s3.us-east-1.amazonaws.com/b/k")
    #expect(try url(nil, "sa-east-1", .virtual) == "https://b.s3.sa-east-1.amazonaws.com/k")
    #expect(
      try url("https://ACC.r2.cloudflarestorage.com/", "auto", .path)
        == "https://acc.r2.cloudflarestorage.com/b/k")
    #expect(
      try url("https://x.supabase.co:443/storage/v1/s3", "eu", .path)
        == "https://x.supabase.co/storage/v1/s3/b/k")
    #expect(try url("http://localhost:80", "auto", .virtual) == "http://b.localhost/k")
    #expect(try url("http://[::1]:9000", "auto", .path) == "http://[::1]:9000/b/k")
  }

  @Test("endpoints that are none, plain http and impossible buckets are refused before any request")
  func configuration() {
    let http = RecordingClient([])
    for endpoint in [
      "", "s3.example.com", "ftp://x", "https://", "https://u@x", "https://x?y", "https://a b",
    ] {
      #expect(throws: S3Error.self) { try client(http, endpoint: endpoint) }
    }
    for endpoint in ["http://s3.example.com", "http://127.example.com", "http://localhost.example.com"] {
      #expect(throws: S3Error.self) { try client(http, endpoint: endpoint) }
    }
    #expect(throws: Never.self) { try client(http, endpoint: "http://minio:9000", allowPlain: true) }
    for bucket in ["", "a/b"] {
      #expect(throws: S3Error.self) { try client(http, bucket: bucket) }
    }
  }

  @Test("keys are encoded once, whatever they hold")
  func keys() throws {
    let http = RecordingClient([answer(200, "", [("ETag", "e")])])
    _ = put(try client(http), key: "ação/a b%20+=~/c?d#e&f.json")
    #expect(
      http.requests[0].url == "http://127.0.0.1:9000/b/a%C3%A7%C3%A3o/a%20b%2520%2B%3D~/c%3Fd%23e%26f.json")
  }

  @Test(
    "refusals are classified by the store's code, else by the status",
    arguments: [
      (403, "InvalidAccessKeyId", S3Error.Kind.credentials), (403, "SignatureDoesNotMatch", .credentials),
      (400, "ExpiredToken", .expiredToken), (403, "AccessDenied", .accessDenied),
      (404, "NoSuchBucket", .noSuchBucket), (503, "SlowDown", .slowDown), (500, "InternalError", .server),
      (429, "", .slowDown), (503, "", .slowDown), (502, "", .server), (400, "BadDigest", .server),
      (400, "RequestTimeout", .server), (200, "InternalError", .falseSuccess),
      (200, "AccessDenied", .falseSuccess),
      (200, "SlowDown", .slowDown), (401, "", .credentials), (403, "", .accessDenied),
      (400, "InvalidRequest", .other), (307, "TemporaryRedirect", .redirect), (301, "", .redirect),
      (408, "", .server), (425, "", .server), (499, "", .server), (408, "Odd", .server),
      (404, "", .noEndpoint),
    ])
  func classification(status: Int, code: String, kind: S3Error.Kind) throws {
    let error = try putError(answer(status, code.isEmpty ? "" : refusal(code)))
    #expect(error.kind == kind)
    #expect(error.status == status)
    #expect(error.code == code)
    #expect(error.isTransient == [.slowDown, .server, .falseSuccess, .noEndpoint].contains(kind))
  }

  @Test(
    "the body of a refusal that is no XML is shown, without its markup and without control characters",
    arguments: [
      (
        "application/json", #"{"error": "bucket is\u{1B}[31m frozen"}"#,
        #"{"error": "bucket is\u{1B}[31m frozen"}"#
      ),
      (
        "text/html",
        "<head><title>x</title><style>a{}</style></head><body><h1>Not&nbsp;here</h1>\n<p>ask the desk</p>",
        "x Not here ask the desk"
      ),
      ("text/plain", "no such tenant", "no such tenant"),
      ("", "<!DOCTYPE html><script>if (a<b) {}</script><b>Away</b>", "Away"),
    ])
  func otherBodies(type: String, body: String, shown: String) throws {
    let error = try putError(answer(403, body, [("Content-Type", type)]))
    #expect(error.kind == .accessDenied)
    #expect("\(error)" == "answered 403: the store denied permission: \(shown)")
  }

  @Test("an encoding that nobody asked for is named instead of its bytes")
  func contentEncoding() throws {
    let error = try putError(answer(403, "\u{1F}\u{8B}", [("Content-Encoding", "gzip")]))
    let encoding = "with the Content-Encoding gzip, which was not asked for"
    #expect("\(error)" == "answered 403: the store denied permission, \(encoding)")
    let success = try putError(answer(200, "\u{1F}\u{8B}", [("Content-Encoding", "gzip")]))
    #expect(success.kind == .falseSuccess)
  }

  @Test("404 without XML to a PUT is no store's answer: the endpoint is wrong, for every object alike")
  func noEndpoint() throws {
    for body in ["", "<html>nginx</html>", #"{"detail": "Not Found"}"#] {
      #expect(try putError(answer(404, body)).kind == .noEndpoint)
    }
    #expect(try putError(answer(404, refusal("NoSuchUpload"))).kind == .noSuchKey)
    #expect(try putError(answer(404, refusal("NoSuchBucket"))).kind == .noSuchBucket)
  }

  @Test("a PUT without an ETag is no success")
  func noETag() throws {
    #expect(try putError(answer(200)).kind == .falseSuccess)
    #expect(try putError(answer(200, "", [("ETag", "")])).isTransient)
  }

  @Test("the region that the store asks for is named")
  func region() throws {
    let byField = try putError(answer(301, "", [("x-amz-bucket-region", "eu-west-1")]))
    #expect(byField.regionHint == "eu-west-1")
    let byBody = try putError(
      answer(400, refusal("AuthorizationHeaderMalformed", "<Region>sa-east-1</Region>")))
    #expect(byBody.kind == .redirect)
    #expect("\(byBody)".contains("sa-east-1"))
    let byEndpoint = try putError(answer(301, refusal("PermanentRedirect", "<Endpoint>x.example</Endpoint>")))
    #expect("\(byEndpoint)".contains("x.example"))
  }

  @Test("Retry-After is read as seconds and as a date")
  func retryAfter() throws {
    #expect(try putError(answer(503, "", [("Retry-After", "7")])).retryAfter == .seconds(7))
    let date = [(name: "Retry-After", value: "Fri, 24 May 2013 00:00:30 GMT")]
    #expect(try putError(answer(503, "", date)).retryAfter == .seconds(30))
    #expect(try putError(answer(503, "", [("Retry-After", "soon")])).retryAfter == nil)
  }

  @Test("a clock that is off is mended with one more signature, and stays mended")
  func skew() throws {
    let late = [(name: "Date", value: "Fri, 24 May 2013 01:00:00 GMT")]
    let good = answer(200, "", [("ETag", "e")])
    let http = RecordingClient([answer(403, refusal("RequestTimeTooSkewed"), late), good, good])
    let client = try client(http)
    #expect(throws: Never.self) { try put(client).get() }
    #expect(throws: Never.self) { try put(client).get() }
    let dates = http.requests.map { $0.headers.first { $0.name == "x-amz-date" }?.value }
    #expect(dates == ["20130524T000000Z", "20130524T010000Z", "20130524T010000Z"])
  }

  @Test("a clock that stays off is an error after the second try")
  func skewStays() throws {
    let skewed = answer(403, refusal("RequestTimeTooSkewed"), [("Date", "Fri, 24 May 2013 01:00:00 GMT")])
    let http = RecordingClient([skewed, skewed, skewed])
    guard case .failure(let error) = put(try client(http)) else {
      Issue.record("succeeded")
      return
    }
    #expect(error.kind == .skewed)
    #expect(!error.isTransient)
    #expect(http.requests.count == 2)
  }

  @Test(
    "any refusal with a Date far off is tried with that date, one that agrees is not",
    arguments: [400, 401, 403])
  func silentSkew(_ status: Int) throws {
    let far = RecordingClient([
      answer(status, refusal("AccessDenied"), [("Date", "Fri, 24 May 2013 00:20:00 GMT")]),
      answer(200, "", [("ETag", "e")]),
    ])
    #expect(throws: Never.self) { try put(try client(far)).get() }
    let near = RecordingClient([answer(status, "", [("Date", "Fri, 24 May 2013 00:00:20 GMT")])])
    _ = put(try client(near))
    #expect(near.requests.count == 1)
  }

  @Test("a failed connection and a time-out are transient, an untrusted certificate is not")
  func transport() throws {
    func error(_ kind: HTTPError.Kind) throws -> S3Error {
      try putError(.failure(HTTPError(kind, "x", mayHaveReachedServer: true)))
    }
    #expect(try error(.reset).kind == .connection)
    #expect(try error(.stalled).kind == .timeout)
    #expect(try error(.responseTimeout).isTransient)
    #expect(try !error(.tls).isTransient)
  }

  @Test("deleting what is not there succeeds, in a bucket that is not there it does not")
  func delete() throws {
    let codes = Mutex<[String]>([])
    let http = RecordingClient([
      answer(404, refusal("NoSuchKey")), answer(204), answer(404, refusal("NoSuchBucket")),
    ])
    let client = try client(http)
    for _ in 0..<3 {
      client.delete(key: "k") { result in
        codes.withLock { codes in
          switch result {
          case .success: codes.append("ok")
          case .failure(let error): codes.append(error.code)
          }
        }
      }
    }
    #expect(codes.withLock { $0 } == ["ok", "ok", "NoSuchBucket"])
  }

  @Test("printing credentials shows no secret")
  func secrecy() {
    let credentials = S3Credentials(accessKey: "AKIA", secretKey: "hush", sessionToken: "token")
    #expect(!"\(credentials)\(String(reflecting: credentials))".contains("hush"))
    var dumped = ""
    dump(credentials, to: &dumped)
    #expect(!dumped.contains("hush") && !dumped.contains("token"))
  }
}
