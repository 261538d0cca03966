import Glibc
import HTTP
import MissionCore
import Testing

@testable import WorkerSource

@Suite("what a worker's answers mean", .timeLimit(.minutes(5)))
struct WorkerFailureTests {
  static let statuses: [(Int, SourceFailure.Kind)] = [
    (401, .unavailable), (403, .unavailable), (301, .unavailable), (302, .unavailable), (307, .unavailable),
    (304, .unavailable), (404, .notFound), (409, .busy), (429, .busy), (503, .busy), (500, .again),
    (502, .again),
    (504, .again), (599, .again), (408, .again), (425, .again), (499, .again), (400, .unusable),
    (405, .unusable), (410, .unusable), (413, .unusable),
    (422, .unusable), (451, .unusable),
  ]

  @Test("every status that is no success", arguments: statuses)
  func status(status: Int, kind: SourceFailure.Kind) async throws {
    for call in Call.allCases where !(call == .sessionStatus && status == 404) {
      let failure = try #require(await call.failure(Worker.client(ScriptedClient(status))))
      #expect(failure.kind == kind, "\(call)")
      #expect(
        failure.message.plain.hasPrefix("worker-1 answered \(status) to \(call.line)"), "\(failure.message)")
    }
  }

  static let errors: [(HTTPError.Kind, SourceFailure.Kind)] = [
    (.tls, .unavailable), (.invalidRequest, .unavailable), (.resolve, .unreachable), (.connect, .unreachable),
    (.connectTimeout, .unreachable), (.tooLarge, .tooLarge), (.fileWrite(ENOSPC), .spoolFull),
    (.fileWrite(EIO), .diskFails),
    (.responseTimeout, .again), (.stalled, .again), (.reset, .again), (.partialBody, .again),
    (.sendFailed, .again), (.headersTooLarge, .again),
    (.cancelled, .again), (.other, .again),
  ]

  @Test("every way in which there is no answer", arguments: errors)
  func noAnswer(error: HTTPError.Kind, kind: SourceFailure.Kind) async throws {
    for call in Call.allCases {
      let failure = try #require(await call.failure(Worker.client(ScriptedClient(error))))
      // A start whose answer is too large may have been taken.
      let isMismatch = call == .startJob && kind == .tooLarge
      #expect(failure.kind == (isMismatch ? .mismatch : kind), "\(call)")
      if case .fileWrite(let number) = error {
        #expect(failure.message.plain.contains(String(cString: strerror(number))))
      } else {
        #expect(failure.message == "worker-1 gave no answer to \(call.line): it broke")
      }
    }
  }

  @Test("any 2xx is a success where no answer is needed", arguments: [200, 201, 202, 204, 299])
  func success(status: Int) async {
    for call in [Call.endSession, .cancelJob, .health] {
      #expect(await call.failure(Worker.client(ScriptedClient(status, "not json"))) == nil)
    }
  }

  @Test(
    "Retry-After is read for 409, 429 and 503, in seconds or as a date",
    arguments: [
      ("120", 120), ("0", 0), ("Tue, 14 Nov 2023 22:14:20 GMT", 60), ("Tue, 14 Nov 2023 22:12:20 GMT", 0),
      ("99999999", 86_400), ("-5", nil), ("soon", nil), ("", nil), ("1.5", nil),
      ("Tue, 30 Feb 2023 22:14:20 GMT", nil),
    ] as [(String, Int?)])
  func retryAfter(field: String, seconds: Int?) async throws {
    for status in [409, 429, 503] {
      let http = ScriptedClient(status, headers: [(name: "retry-after", value: field)])
      let failure = try #require(await Call.startJob.failure(Worker.client(http)))
      #expect(failure.retryAfter == seconds.map { .seconds($0) }, "\(field)")
    }
  }

  @Test("a worker that says 404 to the look at its session has none")
  func noSession() async throws {
    let status = await withCheckedContinuation { continuation in
      Worker.client(ScriptedClient(404)).sessionStatus { continuation.resume(returning: $0) }
    }
    #expect(try status.get() == .terminated)
  }

  @Test(
    "the session's status as the worker writes it",
    arguments: [
      ("ready", SessionStatus.ready), ("scraping", .scraping), ("stuck", .stuck),
      ("warming_up", .waiting("warming_up", isKnown: true)), ("odd", .waiting("odd", isKnown: false)),
    ])
  func sessionStatus(text: String, expected: SessionStatus) async throws {
    let http = ScriptedClient(200, #"{"since": 4, "status": "\#(text)", "detail": {"status": "x"}}"#)
    let status = await withCheckedContinuation { continuation in
      Worker.client(http).sessionStatus { continuation.resume(returning: $0) }
    }
    #expect(try status.get() == expected)
  }

  static let unreadable = [
    "", "null", "[]", "not json", "{", #"{"status": 7, "session_id": null, "job_id": {}}"#, "{}",
    #"{"status": "", "session_id": "", "job_id": ""}"#, #"{"status": "ready" "session_id": "s"}"#,
  ]

  @Test("an answer without what was asked for cannot be used; its beginning is told", arguments: unreadable)
  func unusable(body: String) async throws {
    for call in [Call.openSession, .sessionStatus] {
      let failure = try #require(await call.failure(Worker.client(ScriptedClient(200, body))))
      #expect(failure.kind == .unusable)
      #expect(failure.message.plain.hasPrefix("worker-1 gave an answer to \(call.line) that cannot be used"))
      #expect(failure.message.plain.hasSuffix(body))
    }
  }

  @Test("a byte order mark before an answer is passed over, one behind it is not")
  func byteOrderMark() async throws {
    let answer = #"{"status": "ready", "session_id": "s", "job_id": "j"}"#
    for call in [Call.openSession, .sessionStatus, .startJob] {
      let marked = ScriptedClient(200, "\u{FEFF}" + answer)
      #expect(await call.failure(Worker.client(marked)) == nil, "\(call)")
      for odd in ["\u{FEFF}\u{FEFF}" + answer, answer + "\u{FEFF}", "\u{FEFF}"] {
        #expect(await call.failure(Worker.client(ScriptedClient(200, odd))) != nil, "\(call)")
      }
    }
  }

  @Test(
    "an encoding that nobody asked for is named, in an answer and in a refusal",
    arguments: ["gzip", "br", " Deflate "])
  func contentEncoding(name: String) async throws {
    let fields = [(name: "content-encoding", value: name)]
    for call in Call.allCases where ![.endSession, .cancelJob, .health].contains(call) {
      let failure = try #require(
        await call.failure(Worker.client(ScriptedClient(200, "\u{1F}\u{8B}\u{8}", headers: fields))))
      #expect(failure.kind == (call == .startJob ? .mismatch : .unusable), "\(call)")
      #expect(failure.message.plain.contains("Content-Encoding \(name.trimmed)"), "\(failure.message)")
      #expect(failure.message.plain.contains(call.line), "\(failure.message)")
    }
    let refused = try #require(
      await Call.startJob.failure(Worker.client(ScriptedClient(422, "\u{1F}\u{8B}", headers: fields))))
    let encoding = "with the Content-Encoding \(name.trimmed), which was not asked for"
    #expect(refused.message == "worker-1 answered 422 to POST /scrape \(encoding)")
    for plain in ["identity", ""] {
      let http = ScriptedClient(200, #"{"job_id": "j"}"#, headers: [(name: "Content-Encoding", value: plain)])
      #expect(await Call.startJob.failure(Worker.client(http)) == nil)
    }
  }

  @Test("a job may run although its id cannot be read", arguments: unreadable)
  func unreadableJob(body: String) async throws {
    let failure = try #require(await Call.startJob.failure(Worker.client(ScriptedClient(200, body))))
    #expect(failure.kind == .mismatch)
  }

  @Test(
    "a job id is 1 to 128 of [A-Za-z0-9._-], and no path of dots",
    arguments: [
      ("j", true), ("Job-1_2.3", true), (String(repeating: "a", count: 128), true), ("-", true),
      ("...", true),
      ("", false), (String(repeating: "a", count: 129), false), (".", false), ("..", false), ("a/b", false),
      ("a b", false), ("a%2Fb", false), ("jób", false), ("a\\nb", false), ("a?b", false), ("a#b", false),
      ("a\\u0000", false), ("１", false),
    ])
  func jobIDs(text: String, isValid: Bool) async {
    let failure = await Call.startJob.failure(Worker.client(ScriptedClient(200, #"{"job_id": "\#(text)"}"#)))
    #expect((failure == nil) == isValid)
    if let failure { #expect(failure.kind == .mismatch) }
  }

  @Test("secrets that a worker echoes are masked, and its text is cleaned and cut", arguments: Call.allCases)
  func masked(call: Call) async throws {
    let echo = "\u{1B}[31mkey canary-key-1 of\ncanary-pass-2 refused" + String(repeating: "!", count: 5000)
    for http in [ScriptedClient(403, echo), ScriptedClient(500, echo), ScriptedClient(429, echo)] {
      let failure = try #require(await call.failure(Worker.client(http)))
      #expect(failure.message.plain.contains("key *** of *** refused!!!"), "\(failure.message)")
      #expect(!failure.message.plain.contains("canary") && !failure.message.plain.contains("\u{1B}"))
      #expect(failure.message.plain.count < 400)
    }
    let broken = try #require(await call.failure(Worker.client(ScriptedClient(.tls, "no: canary-key-1"))))
    #expect(broken.message.plain.hasSuffix("no: ***"))
  }

  @Test("what to do is told where it is known")
  func advice() async throws {
    let refused = try #require(await Call.health.failure(Worker.client(ScriptedClient(401))))
    #expect(refused.message == "worker-1 answered 401 to GET /health, check its api_key")
    let moved = try #require(await Call.health.failure(Worker.client(ScriptedClient(302))))
    #expect(
      moved.message == "worker-1 answered 302 to GET /health, redirects are not followed, check its url")
  }

  @Test("the body of a refusal that went to a file is removed, so is one in an encoding nobody asked for")
  func refusalInFile() async throws {
    let gzip = HTTPHeaders([(name: "Content-Encoding", value: "gzip")])
    try await removes(HTTPResponse(status: 500, body: .file(path: "", size: 9)), .again)
    try await removes(HTTPResponse(status: 200, headers: gzip, body: .file(path: "", size: 9)), .unusable)
  }

  private func removes(_ response: HTTPResponse, _ kind: SourceFailure.Kind) async throws {
    var template = Array("/tmp/scraping-tests-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    close(descriptor)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var response = response
    response.body = .file(path: path, size: 9)
    #expect(
      try #require(await Call.job.failure(Worker.client(ScriptedClient(.success(response))))).kind == kind)
    #expect(access(path, F_OK) != 0)
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
