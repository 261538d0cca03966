import Crypto
import Formats
import Foundation
import Glibc
import HTTP
import MissionCore
import Ports
import S3
import Spool
import StoreSuite
import Synchronization
import TestSupport
import Testing
import Threads
import WebServices

@testable import S3Store

@Suite(.timeLimit(.minutes(5))) struct S3StoreTests {
  private let http = try! CurlClient()  // Without a client no test here means anything.

  private func store(
    _ bucket: BucketServer, prefix: String = "/scrapes//x/", deadlines: HTTPDeadlines = HTTPDeadlines(),
    redactor: Redactor = .none,
    credentials: @escaping @Sendable () -> S3Credentials = { .init(accessKey: "new", secretKey: "s2") }
  ) throws -> S3Store {
    let client = try S3Client(
      http: http,
      configuration: S3Configuration(endpoint: bucket.server.url, bucket: "b", deadlines: deadlines),
      credentials: S3Credentials(accessKey: "old", secretKey: "s1"), clock: { 1_760_000_000_000 })
    return try S3Store(client: client, prefix: prefix, credentials: credentials, redactor: redactor)
  }

  private func failure(_ store: S3Store) async throws -> AuditError {
    switch await store.result(request("[1]", ads: 1)) {
    case .success: throw AuditError(code: .internalError, message: "stored")
    case .failure(let error): return error
    }
  }

  @Test("the S3 store does what every audit store must")
  func conformance() async throws {
    let bucket = BucketServer()
    try await AuditStoreConformance(
      store: try store(bucket),
      stored: { bucket.objects["/b/" + $0.replacingOccurrences(of: "%", with: "%25")]?.body },
      keys: { bucket.objects.keys.map { String($0.dropFirst(3)) } }
    ).run()
  }

  @Test("bytes that change while they are sent make no object that counts", arguments: [2, 3_000_000])
  func changedWhileSent(place: Int) async throws {
    let folder = TemporaryFolder()
    let spool = try SpoolStore(directory: folder.path + "/spool")
    defer { spool.close() }
    let model = request("[]", ads: 0)
    let text = String(repeating: "x", count: 6_000_000)
    let ingested = try await withCheckedThrowingContinuation { continuation in
      spool.ingest(
        .memory(Array(#"[{"":"\#(text)"}]"#.utf8)), mission: model.mission, as: DocumentReader()
      ) { continuation.resume(with: $0) }
    }
    guard case .completed(let result) = ingested else { return }
    let path = "\(folder.path)/spool/\(model.mission).json"
    let document = try AuditDocument(result)
    guard case .stream(let length, let open) = document.body else { return }
    // The store has been promised what the bytes were; now they change, before or while they are read.
    let reader = try open()
    var sent: Int64 = 0
    #expect(throws: SpoolError.lost(path: path)) {
      try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { piece in
        while sent < length {
          if sent == 0 || sent == 1 << 20 { flip(place, of: path, only: sent == 0 ? 2 : 3_000_000) }
          let count = try reader.fill(piece)
          guard count > 0 else { return }
          sent += Int64(count)
        }
      }
    }
    #expect(sent < length)
    #expect(document.spoolFault == .lost(path: path))
  }

  private func flip(_ place: Int, of path: String, only: Int) {
    guard place == only else { return }
    let descriptor = Glibc.open(path, O_RDWR)
    defer { close(descriptor) }
    var byte: UInt8 = 0
    _ = pread(descriptor, &byte, 1, place)
    byte ^= 1
    #expect(pwrite(descriptor, &byte, 1, place) == 1)
  }

  @Test("the object carries its type and all of its metadata")
  func metadata() async throws {
    let bucket = BucketServer()
    let request = request("[1]", ads: 1)
    let object = try await store(bucket).result(request).get()
    #expect(object.key == "scrapes/x/2025-01-01/\(request.mission).json")
    let head = try #require(bucket.objects["/b/" + object.key]?.head)
    let expected = [
      "content-type": "application/json", "x-amz-meta-mission-id": "\(request.mission)",
      "x-amz-meta-run-id": "run-1", "x-amz-meta-date-start": "2025-01-01",
      "x-amz-meta-date-end": "2025-01-01",
      "x-amz-meta-media-type": "video", "x-amz-meta-languages": "eng,pt", "x-amz-meta-ads-count": "1",
      "x-amz-meta-sha256": SHA256.hexDigest(of: "[1]"), "x-amz-content-sha256": object.sha256,
      "x-amz-meta-body-sha256": object.sha256, "if-none-match": "*",
    ]
    for (name, value) in expected { #expect(head.field(name) == value, "\(name)") }
  }

  @Test("parameters are metadata as percent-encoded JSON, and none where there are none")
  func parameters() async throws {
    let bucket = BucketServer()
    let values = ParameterValues([
      ParameterValues.Entry(name: "q", value: .text("ação")),
      ParameterValues.Entry(name: "conta", value: .integer(42)),
    ])
    let with = try await store(bucket).result(request("[1]", ads: 1, values: values)).get()
    let head = try #require(bucket.objects["/b/" + with.key]?.head)
    #expect(
      head.field("x-amz-meta-parameters") == "%7B%22conta%22%3A42%2C%22q%22%3A%22a%C3%A7%C3%A3o%22%7D")
    let without = try await store(bucket).result(request("[1]", ads: 1, day: 2)).get()
    #expect(bucket.objects["/b/" + without.key]?.head.field("x-amz-meta-parameters") == nil)
  }

  @Test("an empty prefix leaves no slash in front, others are cleaned of theirs")
  func prefixes() {
    #expect(AuditObject.keyPrefix("") == "")
    #expect(AuditObject.keyPrefix("//") == "")
    #expect(AuditObject.keyPrefix("/a//b/") == "a/b/")
    #expect(AuditObject.keyPrefix("ação %+=~") == "ação %+=~/")
  }

  @Test(
    "refusals become the product's codes, and say whether another try may help",
    arguments: [
      (403, "InvalidAccessKeyId", ErrorCode.storeCredentials, false),
      (403, "AccessDenied", .storePermissionDenied, false),
      (404, "NoSuchBucket", .bucketMissing, false), (500, "InternalError", .storeOther, true),
      (503, "SlowDown", .storeOther, true), (200, "InternalError", .storeOther, true),
      (400, "BadDigest", .storeOther, true), (400, "EntityTooLarge", .storeOther, false),
      (301, "PermanentRedirect", .storeOther, false),
    ])
  func codes(status: Int, code: String, expected: ErrorCode, isAgain: Bool) async throws {
    let error = try await failure(try store(BucketServer(answers: [BucketServer.refusal(status, code)])))
    #expect(error.code == expected)
    #expect(error.severity.isTransient == isAgain)
    #expect(error.severity.retryAfter == (code == "SlowDown" ? .seconds(1) : nil))
    #expect(error.message.plain.contains("answered \(status) \(code)"), "\(error)")
  }

  @Test("what the store asks for is passed on")
  func retryAfter() async throws {
    let bucket = BucketServer(answers: [BucketServer.refusal(503, "SlowDown", "Retry-After: 3\r\n")])
    #expect(try await failure(try store(bucket)).severity == .transient(retryAfter: .seconds(3)))
  }

  @Test("a store's confirmation that ends inside its head is none, also behind the ETag")
  func cutConfirmation() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Le")
    }
    let client = try S3Client(
      http: http, configuration: S3Configuration(endpoint: server.url, bucket: "b"),
      credentials: S3Credentials(accessKey: "a", secretKey: "s"), clock: { 0 })
    let store = try S3Store(
      client: client, prefix: "", credentials: { .init(accessKey: "", secretKey: "") })
    let error = try await failure(store)
    #expect(error.code == .storeOther && error.severity.isTransient)
  }

  @Test("408, 425 and 499 are another try's, an endpoint that is no store has no bucket after three")
  func otherStatuses() async throws {
    for status in [408, 425, 499] {
      let answer = "HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n"
      let error = try await failure(try store(BucketServer(answers: [answer])))
      #expect(error.code == .storeOther && error.severity.isTransient, "\(error)")
    }
    let missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found"
    let error = try await failure(try store(BucketServer(answers: [missing])))
    #expect(error.code == .bucketMissing && error.severity.isTransient)
    let told = "answered 404: no S3 store or no such bucket answers here: not found"
    #expect(error.message.plain.hasSuffix(told), "\(error)")
  }

  @Test("200 characters of a refusal's body are shown beside our own words, cleaned and masked")
  func bodies() async throws {
    let text = "<html><body>key hush-hush\u{1B} " + String(repeating: "x", count: 500) + "</body></html>"
    let fields = "Content-Type: text/html\r\nContent-Length: \(text.utf8.count)"
    let answer = "HTTP/1.1 400 X\r\n\(fields)\r\n\r\n\(text)"
    let error = try await failure(
      try store(BucketServer(answers: [answer]), redactor: Redactor(secrets: [Secret("hush-hush")])))
    let shown = "key *** " + String(repeating: "x", count: 191) + "…"
    let message = error.message.plain
    #expect(message.hasSuffix("answered 400: the store refused the request: \(shown)"), "\(error)")
  }

  @Test("a success without ETag is none")
  func noETag() async throws {
    let bucket = BucketServer(answers: ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
    let error = try await failure(try store(bucket))
    #expect(error.code == .storeOther && error.severity.isTransient)
  }

  @Test("a store that says nothing is an upload that timed out")
  func timeout() async throws {
    let silent = LoopbackServer { $0.waitForClose() }
    let client = try S3Client(
      http: http,
      configuration: S3Configuration(
        endpoint: silent.url, bucket: "b", deadlines: HTTPDeadlines(total: .milliseconds(30))),
      credentials: S3Credentials(accessKey: "a", secretKey: "s"), clock: { 0 })
    let store = try S3Store(
      client: client, prefix: "", credentials: { .init(accessKey: "", secretKey: "") })
    let error = try await failure(store)
    #expect(error.code == .uploadTimedOut && error.severity.isTransient)
  }

  @Test("credentials that have run out are read once more, then it is over")
  func expiry() async throws {
    let reads = Mutex(0)
    let expired = BucketServer.refusal(400, "ExpiredToken")
    let read: @Sendable () -> S3Credentials = {
      reads.withLock { $0 += 1 }
      return S3Credentials(accessKey: "new", secretKey: "s2")
    }
    let mending = BucketServer(answers: [expired])
    await #expect(throws: Never.self) {
      try await store(mending, credentials: read).result(request("[1]", ads: 1)).get()
    }
    #expect(mending.server.requests[1].field("authorization")?.contains("Credential=new/") == true)
    let stubborn = BucketServer(answers: [expired, expired, expired])
    let error = try await failure(try store(stubborn, credentials: read))
    #expect(error.code == .storeCredentials && !error.severity.isTransient)
    #expect(stubborn.server.requests.count == 2)
    #expect(reads.withLock { $0 } == 2)
  }

  @Test("text of the store is cleaned and secrets in it are masked")
  func untrusted() async throws {
    let answer = BucketServer.refusal(400, "Odd", message: "key \u{1B}[31mhush-hush\u{202E} bad")
    let error = try await failure(
      try store(BucketServer(answers: [answer]), redactor: Redactor(secrets: [Secret("hush-hush")])))
    #expect(error.message.plain.contains("key [31m*** bad"), "\(error.message)")
  }

  @Test("check names the step that failed and leaves nothing behind")
  func check() async throws {
    let good = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n"
    let denied = BucketServer.refusal(403, "AccessDenied")
    for (answers, step) in [
      ([denied], "PUT"), ([good, denied], "PUT"), ([good, good, denied], "GET"), ([good, good, good], "GET"),
    ] {
      let bucket = BucketServer(answers: answers)
      let store = try store(bucket)
      let result = await withCheckedContinuation { continuation in
        store.check { continuation.resume(returning: $0) }
      }
      guard case .failure(let error) = result else {
        Issue.record("passed with \(step) failing")
        continue
      }
      #expect(error.message.plain.hasPrefix("\(step) of a probe object"), "\(error)")
      if answers.count > 1 { #expect(bucket.server.requests.last?.line.hasPrefix("DELETE ") == true) }
    }
  }

  private func checked(_ store: S3Store) async -> Result<CheckedStore, AuditError> {
    await withCheckedContinuation { continuation in store.check { continuation.resume(returning: $0) } }
  }

  private func store(_ bucket: BucketServer, _ createOnly: CreateOnly) throws -> S3Store {
    let client = try S3Client(
      http: http, configuration: S3Configuration(endpoint: bucket.server.url, bucket: "b"),
      credentials: S3Credentials(accessKey: "a", secretKey: "s"), clock: { 1_760_000_000_000 })
    return try S3Store(
      client: client, prefix: "x", createOnly: createOnly,
      credentials: { .init(accessKey: "a", secretKey: "s") })
  }

  /// What a store says of a condition that it does not know.
  private static let unknown = [
    BucketServer.refusal(501, "NotImplemented"), BucketServer.refusal(400, "InvalidArgument"),
    BucketServer.refusal(400, "Odd", message: "unexpected header If-None-Match"),
  ]

  @Test("a store that knows no conditions is put to without them from then on", arguments: unknown)
  func withoutConditions(answer: String) async throws {
    let bucket = BucketServer(answers: [answer])
    let store = try store(bucket, .auto)
    _ = try await store.result(request("[1]", ads: 1)).get()
    _ = try await store.result(request("[2]", ads: 1, day: 2)).get()
    #expect(bucket.server.requests.map { $0.field("if-none-match") } == ["*", nil, nil])
    let required = try self.store(BucketServer(answers: [answer]), .required)
    guard case .failure = await required.result(request("[1]", ads: 1)) else {
      Issue.record("a store that must be create-only was put to without a condition")
      return
    }
  }

  @Test("a condition is never sent where it is switched off")
  func off() async throws {
    let bucket = BucketServer()
    let store = try store(bucket, .off)
    _ = try await store.result(request("[1]", ads: 1)).get()
    _ = try await store.result(request("[1,2]", ads: 2)).get()
    _ = try await checked(store).get()
    #expect(!bucket.server.requests.contains { $0.field("if-none-match") != nil })
  }

  @Test("a conflict of two requests, and an object that went meanwhile, are another try's")
  func conflicts() async throws {
    for code in ["ConditionalRequestConflict", "OperationAborted"] {
      let error = try await failure(store(BucketServer(answers: [BucketServer.refusal(409, code)]), .auto))
      #expect(error.severity.isTransient, "\(error)")
    }
    let gone = BucketServer(answers: [BucketServer.refusal(412, "PreconditionFailed")])
    #expect(try await failure(store(gone, .auto)).severity.isTransient)
  }

  @Test("check says whether the store keeps create-only writing; where it is required it must")
  func probesCreateOnly() async throws {
    let keeps = try await checked(store(BucketServer(), .auto)).get()
    #expect(keeps.deeds == "wrote, read and removed a probe object in ")
    let good = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n"
    let probe = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 16\r\n\r\nmission-control\n"
    let without = try await checked(store(BucketServer(answers: [good, good, probe]), .auto)).get()
    #expect(without.deeds.plain.hasSuffix("; it does not keep create-only writing"))
    guard
      case .failure(let error) = await checked(
        try store(BucketServer(answers: [good, good, probe]), .required))
    else {
      Issue.record("passed")
      return
    }
    #expect(error.severity == .fatalToRun(.configuration))
    for (answers, isMet) in [([], true), ([good, good, probe], false)] as [([String], Bool)] {
      let store = try store(BucketServer(answers: answers), .required)
      let answer = await withCheckedContinuation { continuation in
        store.requirements { continuation.resume(returning: $0) }
      }
      #expect(((try? answer.get()) != nil) == isMet)
    }
  }

  /// Notes on which thread each request is handed to it, and answers none.
  private final class Sendings: HTTPClient {
    let threads = Queue<pthread_t>()

    func send(
      _ request: HTTPRequest, reply: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void
    ) -> HTTPTransfer {
      threads.push(pthread_self())
      return HTTPTransfer {}
    }
  }

  @Test("a small object is laid out by whoever asks, a large one by another thread", arguments: [10, 70_000])
  func whereLaidOut(size: Int) throws {
    let sendings = Sendings()
    let client = try S3Client(
      http: sendings, configuration: S3Configuration(endpoint: "http://127.0.0.1:9", bucket: "b"),
      credentials: S3Credentials(accessKey: "a", secretKey: "s"), clock: { 0 })
    let store = try S3Store(
      client: client, prefix: "", credentials: { .init(accessKey: "a", secretKey: "s") })
    let text = String(repeating: "x", count: size)
    store.put(request("[\"\(text)\"]", ads: 1)) { _ in }
    let thread = try #require(sendings.threads.take())
    #expect((thread == pthread_self()) == (size == 10))
  }

  @Test("a streamed document has the digest and the bytes of one made in memory")
  func streaming() throws {
    let data = Array(("[" + (0..<5000).map { "{\"n\":\($0)}" }.joined(separator: ",") + "]").utf8)
    let result = request(data, ads: 5000).result
    let whole = try AuditDocument(result)
    let streamed = try AuditDocument(result, largestInMemory: 0)
    #expect(whole.sha256 == streamed.sha256)
    #expect(whole.size == streamed.size)
    guard case .stream(_, let open) = streamed.body, case .bytes(let expected) = whole.body
    else {
      Issue.record("not streamed")
      return
    }
    for _ in 0..<2 {
      let reader = try open()
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1000)
      while case let count = try piece.withUnsafeMutableBytes({ try reader.fill($0) }), count > 0 {
        bytes += piece[..<count]
      }
      #expect(bytes == expected)
    }
  }
}
