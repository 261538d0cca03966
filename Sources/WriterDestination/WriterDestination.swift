import HTTP
import JSONStream
import MissionCore
import Ports
import Synchronization
import Threads
import WebServices

/// A writer: a service that takes each result whole, as it was scraped, and says itself what it has (SOURCES 6). What it
/// does with the records is its own affair; a 200, 201 or 204 means that they are durable.
///
/// Its ledger is asked before each load that replaces nothing on purpose, so that a PUT whose answer was lost, in this run
/// or an earlier one, is never simply repeated. A writer that has no ledger is trusted to know its own by their
/// `Idempotency-Key`.
package final class WriterDestination: Destination, Inspectable {
  /// Missions that are asked for at once.
  private static let asked = 16

  private let service: WebService
  private let failures: WriterFailures
  private let waits: Waits
  /// Whether the writer has a ledger, once that is known.
  private let hasLedger = Mutex<Bool?>(nil)

  package init(_ service: WebService, advice: ConnectionAdvice) throws(ThreadFailure) {
    self.service = service
    failures = WriterFailures(service: service, advice: advice)
    waits = try Waits()
  }

  /// Nil for a writer that does not tell what it has. It is asked for that at the first look, which blocks as long as a
  /// request may take; one that does not answer now is taken for one that can be asked, and will be.
  package var inspectable: (any Inspectable)? {
    guard case .success(false) = Answer.of({ findLedger(reply: $0) }) else { return self }
    return nil
  }

  // MARK: Loading

  package func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  ) {
    guard !request.replaces else { return put(request, reply: reply) }
    findLedger { [self] answer in
      switch answer {
      case .failure(let error): reply(.failure(error))
      case .success(false): put(request, reply: reply)
      case .success(true):
        ledger(of: request.mission) { [self] answer in
          switch answer {
          case .success(let row?) where row.sha256 == request.sha256:
            reply(
              .success(
                LoadOutcome(rows: request.result.adsCount, repeatedIDs: 0, wasLoadedBefore: true)))
          case .success: put(request, reply: reply)
          case .failure(let error): reply(.failure(error))
          }
        }
      }
    }
  }

  private func put(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  ) {
    WriterUpload(service: service, failures: failures, waits: waits, request: request, reply: reply).send()
  }

  // MARK: The ledger

  /// Whether the writer tells what it has: asked for once.
  private func findLedger(reply: @escaping @Sendable (Result<Bool, DestinationError>) -> Void) {
    if let known = hasLedger.withLock({ $0 }) { return reply(.success(known)) }
    page(after: nil, limit: 1) { [self] answer in
      switch answer {
      case .success(let page):
        hasLedger.withLock { $0 = page != nil }
        reply(.success(page != nil))
      case .failure(let error): reply(.failure(error))
      }
    }
  }

  private func ledger(
    of mission: MissionID,
    reply: @escaping @Sendable (Result<LoadedMission.Ledger?, DestinationError>) -> Void
  ) {
    let call = WebService.Call(.get, "/missions/\(mission)")
    ask(call, "GET of a mission") { [failures] answer in
      switch answer {
      case .failure(let error): reply(.failure(error))
      case .success(let response) where response.status == 404: reply(.success(nil))
      case .success(let response) where response.isSuccess:
        guard let row = WriterAnswer.ledger(response) else {
          return reply(.failure(failures.unreadable("GET of a mission", response)))
        }
        reply(.success(row))
      case .success(let response):
        reply(.failure(failures.refusal(response, doing: "GET of a mission", isHarmless: true)))
      }
    }
  }

  package func ledgers(
    of missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission.Ledger?], DestinationError>) -> Void
  ) {
    Several(missions, atOnce: Self.asked, reply: reply) { [self] mission, answer in
      ledger(of: mission, reply: answer)
    }.begin()
  }

  package func inspect(
    _ missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void
  ) {
    ledgers(of: missions) { answer in
      reply(answer.map { $0.map { $0.map { LoadedMission(ledger: $0, rowsFound: $0.rowsCount) } } })
    }
  }

  package func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void
  ) { collect([], after: after, limit: limit, reply: reply) }

  /// A writer may give fewer than were asked for; only an empty page is the end.
  private func collect(
    _ found: [String], after: String?, limit: Int,
    reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void
  ) {
    page(after: after, limit: limit - found.count) { [self] answer in
      switch answer {
      case .failure(let error): reply(.failure(error))
      case .success(nil), .success([]?): reply(.success(found))
      case .success(let page?):
        guard WriterAnswer.leadsOn(page, after: after) else {
          return reply(.failure(failures.endless("GET /missions")))
        }
        let found = found + page
        guard found.count < limit else { return reply(.success(Array(found.prefix(limit)))) }
        collect(found, after: found.last, limit: limit, reply: reply)
      }
    }
  }

  /// Nil where the writer has no such list.
  private func page(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String]?, DestinationError>) -> Void
  ) {
    var call = WebService.Call(.get, WriterAnswer.listPath(after: after, limit: limit))
    call.receive = .memory(limit: 8 << 20)
    ask(call, "GET /missions") { [failures] answer in
      switch answer {
      case .failure(let error): reply(.failure(error))
      case .success(let response) where [404, 405, 501].contains(response.status): reply(.success(nil))
      case .success(let response) where response.isSuccess:
        guard let page = WriterAnswer.missions(response) else {
          return reply(.failure(failures.unreadable("GET /missions", response)))
        }
        reply(.success(page))
      case .success(let response):
        reply(.failure(failures.refusal(response, doing: "GET /missions", isHarmless: true)))
      }
    }
  }

  /// The number of the records is all that a writer tells besides the digest, and both are its word.
  package func compare(
    _ mission: MissionID, with result: SpooledResult, id: JSONPointer,
    reply: @escaping @Sendable (Result<Message?, DestinationError>) -> Void
  ) {
    ledger(of: mission) { answer in
      reply(
        answer.map { row in
          guard let row, row.rowsCount != result.adsCount else { return nil }
          return "the writer says that it has \(row.rowsCount) records, \(result.adsCount) were sent"
        })
    }
  }

  /// The writer removes what it has, so that nothing of it is taken for whole.
  package func distrust(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void
  ) {
    Several(missions, atOnce: Self.asked, reply: { reply($0.map { _ in }) }) { [self] mission, answer in
      remove(mission, reply: answer)
    }.begin()
  }

  private func remove(
    _ mission: MissionID, reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void
  ) {
    ask(WebService.Call(.delete, "/missions/\(mission)"), "DELETE of a mission") { [failures] answer in
      reply(
        answer.flatMap { response in
          guard !response.isSuccess, ![404, 410].contains(response.status) else { return .success(()) }
          return .failure(failures.refusal(response, doing: "DELETE of a mission", isHarmless: true))
        })
    }
  }

  // MARK: Around it

  /// Asks for its health and whether it tells what it has; nothing is written.
  package func check(
    _ tables: [RecordTable], reply: @escaping @Sendable (Result<Message, DestinationError>) -> Void
  ) {
    ask(WebService.Call(.get, "/health"), "GET /health") { [self] answer in
      switch answer {
      case .failure(let error): reply(.failure(error))
      case .success(let response) where !response.isSuccess:
        reply(.failure(failures.refusal(response, doing: "GET /health", isHarmless: true)))
      case .success:
        findLedger { [url = service.url] answer in
          reply(
            answer.map { hasLedger in
              let word: Message =
                hasLedger
                ? "it tells what it has"
                : "it does not tell what it has (no GET): that nothing is written twice is its word"
              return "writer \(url): healthy; \(word)"
            })
        }
      }
    }
  }

  private func ask(
    _ call: WebService.Call, _ what: String,
    reply: @escaping @Sendable (Result<HTTPResponse, DestinationError>) -> Void
  ) {
    service.send(call) { [failures] answer in
      if case .success = answer { failures.noteAnswer() }
      reply(answer.mapError { failures.noAnswer($0, doing: what, isHarmless: true) })
    }
  }

  package func close() { waits.close() }
}
