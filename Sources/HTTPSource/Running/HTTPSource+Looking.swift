import Failpoints
import Glibc
import HTTP
import MissionCore
import Placeholders
import Ports

extension HTTPSource {
  package func look(
    at job: SourceJob, into spool: any ResultSpool, atMost wait: Duration,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    self.look(1, job, spool, reply)
  }

  /// - Parameter number: how often the result was fetched, this time included, where the answer is the result.
  private func look(
    _ number: Int, _ job: SourceJob, _ spool: any ResultSpool,
    _ reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    guard let look = section.look else { return reply(.failure(SourceFailure(.notFound, unlooked(job)))) }
    let values = values(job.start, job: job.id, kept: job.kept)
    // The answer may be the result itself.
    let receipt = hasResultRequest ? nil : ResultReceipt(self, job.start.mission, spool)
    send(
      look.request, values, receive: receipt?.receive ?? .memory(limit: Self.controlAnswerLimit),
      deadlines: receipt == nil ? controlDeadlines : resultDeadlines
    ) { answer in
      Failpoint.reach("http.look.answered")
      switch judge.body(of: answer, look.request.shown) {
      case .failure(let failure): reply(.failure(Self.ofLook(failure, answer)))
      case .success(let body): looked(number, body, look, job, values, spool, reply)
      }
    } unmade: {
      reply(.failure($0))
    }
  }

  /// Whether the result is asked for by a request of its own.
  private var hasResultRequest: Bool { !(section.result?.request.methods.isEmpty ?? true) }

  private func looked(
    _ number: Int, _ body: HTTPResponse.Body, _ look: LookSection, _ job: SourceJob,
    _ values: PlaceholderValues,
    _ spool: any ResultSpool, _ reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    let mission = job.start.mission
    let looked: LookedJob
    switch AnswerBytes.read(body, { judge.looked($0, look) }) {
    case .success(let found): looked = found
    case .failure(let failure):
      AnswerBytes.remove(body)
      return reply(.failure(failure))
    }
    if looked.standing == .done, !hasResultRequest {
      let again = fetchedAgain(number, reply) { self.look(number + 1, job, spool, reply) }
      return spool.ingest(AnswerBytes.received(body), of: mission, as: reader, reply: again)
    }
    AnswerBytes.remove(body)
    switch looked.standing {
    case .waiting(let status, let isKnown): reply(.success(.waiting(status: status, isKnown: isKnown)))
    case .failed(let reason):
      reply(.success(.failed(message: "job \(job.id) of \(name) failed, \(reason)")))
    case .gone(let status):
      reply(.failure(SourceFailure(.notFound, "\(name) says that job \(job.id) is \(status)")))
    case .empty: spool.ingest(.memory([]), of: mission, as: reader, reply: reply)
    case .done:
      var values = values
      for (name, value) in looked.kept { values[name] = .text(value) }
      fetch(1, mission, values, spool, reply)
    }
  }

  /// What to do with a result that was fetched: one that cannot be read is fetched again, for it may have been cut on the
  /// way, three times in all. After that nobody looks again.
  private func fetchedAgain(
    _ number: Int, _ reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void,
    _ again: @escaping @Sendable () -> Void
  ) -> @Sendable (Result<JobLook, SourceFailure>) -> Void {
    { outcome in
      guard case .failure(let failure) = outcome, failure.kind == .unusable else { return reply(outcome) }
      guard number >= Backoff.triesInsideStep else { return again() }
      reply(.failure(SourceFailure(.unreadable, failure.message)))
    }
  }

  /// Fetches the result.
  ///
  /// - Parameter number: how often, this time included.
  private func fetch(
    _ number: Int, _ mission: MissionID, _ values: PlaceholderValues, _ spool: any ResultSpool,
    _ reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    guard let result = section.result else { return }
    let receipt = ResultReceipt(self, mission, spool)
    let read = fetchedAgain(number, reply) { fetch(number + 1, mission, values, spool, reply) }
    send(result.request, values, receive: receipt.receive, deadlines: resultDeadlines) { answer in
      Failpoint.reach("http.result.answered")
      switch receipt.result(of: answer, result.request.shown, isEmptyAllowed: false) {
      case .success(let bytes): spool.ingest(bytes, of: mission, as: reader, reply: read)
      case .failure(let failure):
        if case .success(let response) = answer, response.isSuccess { return read(.failure(failure)) }
        reply(.failure(Self.ofResult(failure)))
      }
    } unmade: {
      reply(.failure($0))
    }
  }

  /// 410 says of a job what 404 says.
  private static func ofLook(
    _ failure: SourceFailure, _ answer: Result<HTTPResponse, HTTPError>
  ) -> SourceFailure {
    if case .success(let response) = answer, response.status == 410 {
      return SourceFailure(.notFound, failure.message)
    }
    return failure
  }

  /// A result that is not there is not a job that nobody knows.
  private static func ofResult(_ failure: SourceFailure) -> SourceFailure {
    failure.kind == .notFound ? SourceFailure(.again, failure.message) : failure
  }

  private func unlooked(_ job: SourceJob) -> Message {
    "\(name) has no look any more, so job \(job.id) of an earlier run cannot be asked for"
  }

  package func cancel(_ job: SourceJob, reply: @escaping @Sendable (_ isConfirmed: Bool) -> Void) {
    cancel(job.id, values(job.start, job: job.id, kept: job.kept), reply: reply)
  }

  /// Without a request for it, giving up is forgetting.
  func cancel(
    _ id: String, _ values: PlaceholderValues, reply: @escaping @Sendable (_ isConfirmed: Bool) -> Void
  ) {
    guard let cancel = section.cancel else { return reply(true) }
    Failpoint.reach("http.cancel.before")
    send(cancel.request, values, deadlines: controlDeadlines) { answer in
      Failpoint.reach("http.cancel.answered")
      guard case .success(let response) = answer else { return reply(false) }
      // A job that nobody knows does not run.
      reply(response.isSuccess || response.status == 404 || response.status == 410)
    } unmade: { _ in
      reply(false)
    }
  }
}
