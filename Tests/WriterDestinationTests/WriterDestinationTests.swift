import Crypto
import DestinationSuite
import Glibc
import HTTP
import MissionCore
import Ports
import SQLite
import Synchronization
import TestServers
import TestSupport
import Testing
import WebServices

@testable import WriterDestination

@Suite(.timeLimit(.minutes(5))) struct WriterDestinationTests {
  private static let digest = String(repeating: "a", count: 64)

  private func destination(
    _ url: String, key: String? = nil, upload: Duration = .seconds(30), secrets: [String] = []
  ) throws -> WriterDestination {
    let headers =
      key.map { [HeaderField(name: "X-API-Key", parts: [.init(text: $0, isVariable: true)])] } ?? []
    var service = WebService(
      url: url, headers: headers, http: try CurlClient(),
      redactor: Redactor(secrets: secrets.map { Secret($0) }),
      now: { Timestamp(milliseconds: 0) })
    service.response = .seconds(10)
    service.upload = upload
    return try WriterDestination(
      service, advice: ConnectionAdvice(host: "127.0.0.1", isPlainHTTP: true, section: "storage_writer"))
  }

  private func answer(
    _ destination: WriterDestination, _ json: String = "[1]", _ number: UInt64 = 1
  ) throws -> Result<LoadOutcome, DestinationError> {
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(try WholeConformance.request(json, WholeConformance.mission(number))) { reply.give($0) }
    return reply.wait()
  }

  private func failure(_ answer: Result<LoadOutcome, DestinationError>) throws -> DestinationError {
    guard case .failure(let error) = answer else { throw DestinationError(.internalError, "loaded") }
    return error
  }

  private func response(_ status: String, _ body: String = "", _ fields: String = "") -> String {
    "HTTP/1.1 \(status)\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test(
    "a real writer does what every destination must, with and without a ledger",
    .enabled(if: WriterServer.reasonToSkip == nil, "Tests/servers.sh installs it"), arguments: [true, false])
  func conformance(hasLedger: Bool) throws {
    let server = try WriterServer(hasLedger: hasLedger)
    let database = try SQLiteConnection(path: server.database, mode: .readOnly, busyTimeout: .seconds(5))
    try WholeConformance(
      destination: try destination(server.url, key: server.key), tells: hasLedger,
      stored: { mission in
        let statement = try database.prepare("SELECT body FROM missions WHERE mission_id = ?1")
        try statement.bind("\(mission)", at: 1)
        return try statement.step() ? statement.withBlob(0) { Array($0) } : nil
      }
    ).runAll()
  }

  @Test("a PUT says what it brings and whose it is, byte for byte")
  func whatIsSent() throws {
    let server = LoopbackServer.answering { [self] request in
      request.line.hasPrefix("PUT") ? response("201 Created") : response("404 Not Found")
    }
    let json = #"[ {"id": 1.10} ]"#
    _ = try answer(destination(server.url + "/v1", key: "k"), json).get()
    let put = try #require(server.requests.first { $0.line.hasPrefix("PUT") })
    let mission = WholeConformance.mission(1)
    #expect(put.line == "PUT /v1/missions/\(mission) HTTP/1.1")
    #expect(String(decoding: put.body, as: UTF8.self) == json)
    let sha256 = SHA256.hexDigest(of: json)
    let fields = [
      "X-API-Key": "k", "Content-Type": "application/json", "X-Mission-Id": "\(mission)",
      "X-Mission-Run-Id": "run-1", "X-Mission-Source": "default", "X-Mission-Date-Start": "2024-10-04",
      "X-Mission-Date-End": "2024-10-05", "X-Mission-Media-Type": "video", "X-Mission-Languages": "eng,pt",
      "X-Mission-Ads-Count": "1", "X-Mission-Sha256": sha256, "X-Mission-Table": "ads",
      "Idempotency-Key": "\(mission)-\(sha256)",
    ]
    for (name, value) in fields { #expect(put.field(name) == value, "\(name)") }
    #expect(put.field("X-Mission-Parameters") == nil)
    let digest = try #require(put.field("Content-Digest"))
    #expect(digest == ContentDigest.field(sha256))
    #expect(digest.hasPrefix("sha-256=:") && digest.hasSuffix("=:"))
  }

  @Test("the digest of a field is base64 of its bytes")
  func digestField() {
    #expect(
      ContentDigest.field(SHA256.hexDigest(of: #"{"hello": "world"}"#))
        == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
  }

  @Test("the ledger is asked before a PUT, and one that has it is not sent it again")
  func ledgerFirst() throws {
    let sha256 = SHA256.hexDigest(of: "[1]")
    let server = LoopbackServer.answering { [self] request in
      if request.line.hasPrefix("GET /missions?") { return response("200 OK", #"{"missions":[]}"#) }
      return response("200 OK", #"{"sha256":"\#(sha256)","rows":1}"#)
    }
    let destination = try destination(server.url)
    #expect(try answer(destination).get() == LoadOutcome(rows: 1, repeatedIDs: 0, wasLoadedBefore: true))
    #expect(!server.requests.contains { $0.line.hasPrefix("PUT") })
    #expect(try answer(destination, "[2]").get().wasLoadedBefore == false)
  }

  @Test("a lost answer is told and not repeated; the next load asks the ledger and finds it")
  func lostAnswer() throws {
    let taken = Mutex<String?>(nil)
    let server = LoopbackServer { [self] connection in
      while let request = connection.readRequest() {
        if request.line.hasPrefix("PUT") {
          taken.withLock { $0 = request.field("x-mission-sha256") }
          return connection.reset()
        }
        let known = taken.withLock { $0 }
        if request.line.hasPrefix("GET /missions?") {
          connection.send(response("200 OK", #"{"missions":[]}"#))
        } else if let known {
          connection.send(response("200 OK", #"{"sha256":"\#(known)","rows":1}"#))
        } else {
          connection.send(response("404 Not Found"))
        }
      }
    }
    let destination = try destination(server.url)
    #expect(try failure(answer(destination)).code == .destinationTimedOut)
    #expect(try answer(destination).get().wasLoadedBefore)
    #expect(server.requests.filter { $0.line.hasPrefix("PUT") }.count == 1)
  }

  @Test(
    "what a refusal means",
    arguments: [
      ("401 Unauthorized", ErrorCode.destinationRefused), ("403 Forbidden", .destinationRefused),
      ("409 Conflict", .destinationDoesNotFit), ("413 Content Too Large", .destinationDoesNotFit),
      ("422 Unprocessable Content", .destinationDoesNotFit),
      ("500 Internal Server Error", .destinationTimedOut),
      ("504 Gateway Timeout", .destinationTimedOut), ("408 Request Timeout", .destinationTimedOut),
      ("501 Not Implemented", .destinationTimedOut), ("400 Bad Request", .destinationOther),
      ("404 Not Found", .destinationOther), ("302 Found", .destinationOther),
      ("202 Accepted", .destinationOther),
    ])
  func refusals(_ status: String, _ code: ErrorCode) throws {
    let server = LoopbackServer.answering { [self] request in
      request.line.hasPrefix("PUT")
        ? response(status, "ad 7 is no ad: canary-key\u{1B}[31m") : response("404 Not Found")
    }
    let error = try failure(answer(destination(server.url, key: "canary-key", secrets: ["canary-key"])))
    #expect(error.code == code)
    #expect(!error.severity.isTransient)
    #expect(error.message.plain.contains("ad 7 is no ad: ***"))
    #expect(!error.message.plain.contains("\u{1B}"))
    #expect(error.advice?.isEmpty == false)
  }

  @Test("nobody there at all is a refusal; one that has answered and is gone may come back")
  func refused() throws {
    #expect(try failure(answer(destination("http://127.0.0.1:1"))).code == .destinationRefused)
    let server = LoopbackServer.answeringOnce(response("404 Not Found", "", "Connection: close\r\n"))
    let destination = try destination(server.url)
    #expect(try failure(answer(destination)).code == .destinationOther)
    server.stop()
    let error = try failure(answer(destination))
    #expect(error.code == .destinationTimedOut)
  }

  @Test("429 and 503 are waited for as asked, not counted, and for no longer than an upload may take")
  func waiting() throws {
    let asked = Mutex(0)
    let server = LoopbackServer.answering { [self] request in
      guard request.line.hasPrefix("PUT") else { return response("404 Not Found") }
      let number = asked.withLock { count in
        count += 1
        return count
      }
      if number > 5 { return response("201 Created") }
      let status = number % 2 == 0 ? "429 Too Many Requests" : "503 Service Unavailable"
      return response(status, "", "Retry-After: 0\r\n")
    }
    #expect(try answer(destination(server.url)).get().rows == 1)
    #expect(asked.withLock { $0 } == 6)

    let busy = LoopbackServer.answering { [self] request in
      request.line.hasPrefix("PUT")
        ? response("503 Service Unavailable", "", "Retry-After: 60\r\n") : response("404 Not Found")
    }
    let error = try failure(answer(destination(busy.url, upload: .seconds(5))))
    #expect(error.code == .destinationTimedOut)
    #expect(busy.requests.filter { $0.line.hasPrefix("PUT") }.count == 1)
  }

  @Test("closing answers what waits at once")
  func closing() throws {
    let server = LoopbackServer.answering { [self] request in
      request.line.hasPrefix("PUT")
        ? response("429 Too Many Requests", "", "Retry-After: 200\r\n") : response("404 Not Found")
    }
    let destination = try destination(server.url, upload: .seconds(600))
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(try WholeConformance.request("[1]", WholeConformance.mission(1))) { reply.give($0) }
    while !server.requests.contains(where: { $0.line.hasPrefix("PUT") }) { usleep(1000) }
    usleep(50_000)
    destination.close()
    #expect(try failure(reply.wait()).code == .destinationTimedOut)
  }

  @Test(
    "a writer without GET is not asked, whatever it says instead",
    arguments: ["404 Not Found", "405 Method Not Allowed", "501 Not Implemented"])
  func withoutLedger(_ status: String) throws {
    let server = LoopbackServer.answering { [self] request in
      response(request.line.hasPrefix("GET /missions") ? status : "200 OK")
    }
    let destination = try destination(server.url)
    #expect(destination.inspectable == nil)
    #expect(try answer(destination).get().rows == 1)
    #expect(server.requests.filter { $0.line.hasPrefix("GET") }.count == 1)
    let checked = Reply<Result<Message, DestinationError>>()
    destination.check([]) { checked.give($0) }
    #expect(
      try checked.wait().get()
        == "writer \(server.url): healthy; it does not tell what it has (no GET): that nothing is written twice is its "
        + "word")
  }

  @Test(
    "an answer that is not as the API has it is told",
    arguments: [
      "", "[]", "{}", #"{"sha256":"x","rows":1}"#, #"{"sha256":"\#(digest)"}"#,
      #"{"sha256":"\#(digest)","rows":"1"}"#, #"{"sha256":"\#(digest)","rows":-1}"#,
      #"{"sha256":1,"rows":1}"#,
    ])
  func unreadable(_ body: String) throws {
    let server = LoopbackServer.answering { [self] request in
      response("200 OK", request.line.hasPrefix("GET /missions?") ? #"{"missions":[]}"# : body)
    }
    let error = try failure(answer(destination(server.url)))
    #expect(error.code == .destinationOther)
    #expect(!server.requests.contains { $0.line.hasPrefix("PUT") })
  }

  @Test("a list that gives fewer at a time is read on; one that begins again is told")
  func lists() throws {
    let server = LoopbackServer.answering { [self] request in
      let after = request.line.contains("after=a") ? "b" : request.line.contains("after=b") ? nil : "a"
      return response("200 OK", #"{"missions":[\#(after.map { #"{"mission_id":"\#($0)"}"# } ?? "")]}"#)
    }
    let reply = Reply<Result<[String], DestinationError>>()
    try destination(server.url).missions(after: nil, limit: 10) { reply.give($0) }
    #expect(try reply.wait().get() == ["a", "b"])
    let endless = LoopbackServer.answering { [self] _ in
      response("200 OK", #"{"missions":[{"mission_id":"a"}]}"#)
    }
    let second = Reply<Result<[String], DestinationError>>()
    try destination(endless.url).missions(after: nil, limit: 10) { second.give($0) }
    #expect(throws: DestinationError.self) { try second.wait().get() }
  }
}
