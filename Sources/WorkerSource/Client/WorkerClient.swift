import Failpoints
import HTTP
import JSONStream
import MissionCore

/// A worker as Mission Control uses it (SPEC 7), over HTTP. One call is one request: retries, waits and deadlines of
/// stages are the engine's. Replies come once, from another thread, and must return quickly.
package struct WorkerClient: Sendable {
  /// Answers up to this size stay in memory; larger ones go to the spool's folder.
  package static let memoryLimit = 256 << 10
  static let controlAnswerLimit = 64 << 10

  private let endpoint: WorkerEndpoint
  private let http: any HTTPClient
  private let reader: WorkerAnswerReader
  private let headers: [(name: String, value: String)]
  private let jsonHeaders: [(name: String, value: String)]

  /// - Parameter wallSeconds: seconds since 1970, for a `Retry-After` that is a date.
  package init(
    endpoint: WorkerEndpoint, http: any HTTPClient, redactor: Redactor,
    wallSeconds: @escaping @Sendable () -> Int64
  ) {
    self.endpoint = endpoint
    self.http = http
    reader = WorkerAnswerReader(worker: endpoint.name, redactor: redactor, wallSeconds: wallSeconds)
    headers = [("X-API-Key", endpoint.apiKey.reveal())]
    jsonHeaders = headers + [("Content-Type", "application/json")]
  }

  /// `POST /session`, replacing whatever session there is; replies with the session's id.
  package func openSession(
    through proxy: SessionProxy?, reply: @escaping @Sendable (Result<String, SourceFailure>) -> Void
  ) {
    // A session that is opened twice is opened once: `force_refresh` replaces it.
    Failpoint.reach("session.open.before")
    send("POST /session", .post, "/session", Self.sessionRequest(through: proxy), isRepeatable: true) {
      [reader] in
      Failpoint.reach("session.open.answered")
      // Only shown and kept; no path is made of it, so any text will do once it is clean.
      reply(reader.text("session_id", in: $0, of: "POST /session").map { reader.shown($0) })
    }
  }

  /// `GET /session/status`. A worker that says 404 has no session: `.terminated`.
  package func sessionStatus(reply: @escaping @Sendable (Result<SessionStatus, SourceFailure>) -> Void) {
    send("GET /session/status", .get, "/session/status") { [reader] answer in
      if case .failure(let failure) = answer, failure.kind == .notFound {
        return reply(.success(.terminated))
      }
      reply(
        reader.text("status", in: answer, of: "GET /session/status").map { text in
          let status = SessionStatus(text)
          // Only a word that nobody knows is ever shown.
          return status.isKnown ? status : SessionStatus(reader.shown(text))
        })
    }
  }

  /// `DELETE /session`.
  package func endSession(reply: @escaping @Sendable (Result<Void, SourceFailure>) -> Void) {
    Failpoint.reach("session.end.before")
    send("DELETE /session", .delete, "/session") {
      Failpoint.reach("session.end.answered")
      reply($0.map { _ in })
    }
  }

  /// `POST /scrape`; replies with the job's id. Sent once, never repeated by the transport. A failure of
  /// kind `.mismatch` means that a job may run whose id could not be read.
  package func startJob(
    _ parameters: MissionParameters, reply: @escaping @Sendable (Result<String, SourceFailure>) -> Void
  ) {
    Failpoint.reach("scrape.start.before")
    send(WorkerAnswerReader.start, .post, "/scrape", Self.jobRequest(parameters), isRepeatable: false) {
      [reader] in
      Failpoint.reach("scrape.start.answered")
      reply(reader.jobID(in: $0))
    }
  }

  /// `GET /scrape/{job_id}`. A large body is in a new file at `spillPath`, which the receiver then owns.
  package func job(
    _ jobID: String, spillPath: String,
    reply: @escaping @Sendable (Result<HTTPResponse.Body, SourceFailure>) -> Void
  ) {
    let request = HTTPRequest(
      url: "\(endpoint.url)/scrape/\(jobID)", headers: headers,
      receive: .spill(memoryLimit: Self.memoryLimit, path: spillPath, maxSize: endpoint.maxResultSize),
      deadlines: HTTPDeadlines(connect: endpoint.connect, total: endpoint.result, stalled: endpoint.stalled),
      caFile: endpoint.caFile)
    http.send(request) { [reader] in
      Failpoint.reach("scrape.look.answered")
      reply(reader.body(of: $0, "GET /scrape/\(jobID)"))
    }
  }

  /// `POST /scrape/{job_id}/cancel`.
  package func cancelJob(_ jobID: String, reply: @escaping @Sendable (Result<Void, SourceFailure>) -> Void) {
    Failpoint.reach("scrape.cancel.before")
    send("POST /scrape/\(jobID)/cancel", .post, "/scrape/\(jobID)/cancel", isRepeatable: true) {
      Failpoint.reach("scrape.cancel.answered")
      reply($0.map { _ in })
    }
  }

  /// `GET /health`; replies with what that means and with the answer itself.
  package func health(
    reply: @escaping @Sendable (Result<Void, SourceFailure>, Result<HTTPResponse, HTTPError>) -> Void
  ) {
    http.send(request(.get, "/health")) { [reader] answer in
      reply(reader.bytes(of: answer, "GET /health").map { _ in }, answer)
    }
  }

  private func send(
    _ name: String, _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, isRepeatable: Bool? = nil,
    then: @escaping @Sendable (Result<[UInt8], SourceFailure>) -> Void
  ) {
    http.send(request(method, path, body, isRepeatable: isRepeatable)) { [reader] in
      then(reader.bytes(of: $0, name))
    }
  }

  private func request(
    _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, isRepeatable: Bool? = nil
  ) -> HTTPRequest {
    HTTPRequest(
      method: method, url: endpoint.url + path, headers: body == nil ? headers : jsonHeaders,
      body: body.map { .bytes($0) } ?? .none, receive: .memory(limit: Self.controlAnswerLimit),
      deadlines: HTTPDeadlines(connect: endpoint.connect, total: endpoint.response),
      caFile: endpoint.caFile, isRepeatable: isRepeatable)
  }

  /// The body of `POST /session`.
  static func sessionRequest(through proxy: SessionProxy?) -> [UInt8] {
    var body = JSONWriter()
    body.beginObject()
    body.key("force_refresh")
    body.value(true)
    body.key("proxy")
    if let proxy {
      body.beginObject()
      for (name, value) in [
        ("server", proxy.server), ("username", proxy.username.reveal()),
        ("password", proxy.password.reveal()),
      ] {
        body.key(name)
        body.value(value)
      }
      body.endObject()
    } else {
      body.null()
    }
    body.endObject()
    return body.bytes
  }

  /// The body of `POST /scrape`.
  static func jobRequest(_ parameters: MissionParameters) -> [UInt8] {
    var body = JSONWriter()
    body.beginObject()
    body.key("filters")
    body.beginObject()
    body.key("date_range")
    body.beginObject()
    body.key("start")
    body.value(parameters.dateStart.description)
    body.key("end")
    body.value(parameters.dateEnd.description)
    body.endObject()
    body.key("format")
    body.value(parameters.mediaType?.rawValue)
    body.key("sort_by")
    body.value("qtd_ads")
    body.key("languages")
    body.beginArray()
    for language in parameters.languages { body.value(language) }
    body.endArray()
    for entry in parameters.values.entries {
      body.key(entry.name)
      entry.value.write(to: &body)
    }
    body.endObject()
    body.key("options")
    body.beginObject()
    body.key("max_ads")
    body.value("all")
    body.key("batch_size")
    body.value(150)
    body.endObject()
    body.endObject()
    return body.bytes
  }
}
