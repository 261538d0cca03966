import Failpoints
import Glibc
import HTTP
import MissionCore
import Placeholders
import Ports

extension HTTPSource {
  package func start(
    _ start: MissionStart, on lane: String, into spool: any ResultSpool,
    reply: @escaping @Sendable (Result<StartOutcome, SourceFailure>) -> Void
  ) {
    guard let template = section.start else { return }
    guard section.look != nil else { return startToEnd(start, template, spool, reply) }
    Failpoint.reach("http.start.before")
    send(template.request, values(start), deadlines: controlDeadlines, isRepeatable: false) { answer in
      Failpoint.reach("http.start.answered")
      reply(
        judge.startedJob(answer, template).map { .job(id: $0.id, kept: KeptValues($0.kept)) })
    } unmade: {
      reply(.failure($0))
    }
  }

  /// Without a look the answer to the start is the end.
  private func startToEnd(
    _ start: MissionStart, _ template: StartSection, _ spool: any ResultSpool,
    _ reply: @escaping @Sendable (Result<StartOutcome, SourceFailure>) -> Void
  ) {
    let receipt = ResultReceipt(self, start.mission, spool)
    // The answer may take as long as a job: nothing comes until that has ended.
    let deadlines = HTTPDeadlines(connect: limits.connect, total: limits.result)
    Failpoint.reach("http.start.before")
    send(
      template.request, values(start), receive: receipt.receive, deadlines: deadlines, isRepeatable: false
    ) { answer in
      Failpoint.reach("http.start.answered")
      switch receipt.result(of: answer, template.request.shown, isEmptyAllowed: true) {
      case .success(let result):
        // It came: one that cannot be read is not asked for again, which would start again.
        spool.ingest(result, of: start.mission, as: reader) { reply($0.map(StartOutcome.ended)) }
      case .failure(let failure): reply(.failure(ended(failure, answer)))
      }
    } unmade: {
      reply(.failure($0))
    }
  }

  /// A result that is too large or in another format has come all the same; what else fails of a start's answer may have
  /// left something running.
  private func ended(
    _ failure: SourceFailure, _ answer: Result<HTTPResponse, HTTPError>
  ) -> SourceFailure {
    if failure.kind == .tooLarge { return failure }
    if case .success(let response) = answer, response.isSuccess { return failure }
    return judge.startFailure(failure, answer)
  }
}
