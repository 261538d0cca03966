import Failpoints
import HTTP
import MissionCore
import Ports
import Threads
import WebServices

/// One result on its way to the writer, streamed from the spool. A writer that asks to be left alone for a while is, not
/// counted, as long as an upload may take.
struct WriterUpload: Sendable {
  /// The longest that a writer is left alone (FAULTS: wait).
  private static let longestWait = Duration.seconds(300)

  let service: WebService
  let failures: WriterFailures
  let waits: Waits
  let request: LoadRequest
  let reply: @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  private let until: Moment
  private let key: String

  init(
    service: WebService, failures: WriterFailures, waits: Waits, request: LoadRequest,
    reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  ) {
    self.service = service
    self.failures = failures
    self.waits = waits
    self.request = request
    self.reply = reply
    until = .now + service.upload
    // The same bytes are the same request, also after a crash. What is replaced on purpose is written whatever is there.
    let suffix = request.replaces ? "-\(String(UInt64.random(in: .min ... .max), radix: 16))" : ""
    key = "\(request.mission)-\(request.result.sha256)\(suffix)"
  }

  /// - Parameter waited: how often before.
  func send(waited: Int = 0) {
    let body = ResultBody(request.result)
    var call = WebService.Call(.put, "/missions/\(request.mission)")
    call.headers = headers
    call.body = body.body
    call.isLarge = true
    // When its answer is lost the ledger is asked first.
    call.isRepeatable = false
    Failpoint.reach("writer.put.before")
    service.send(call) { [self] answer in
      Failpoint.reach("writer.put.answered")
      // Whatever the writer says: other bytes do not count.
      if let fault = body.spoolFault { return reply(.failure(DestinationError(spool: fault))) }
      switch answer {
      case .failure(let error): reply(.failure(failures.noAnswer(error, doing: "PUT of a mission")))
      case .success(let response): take(response, waited: waited)
      }
    }
  }

  private func take(_ response: HTTPResponse, waited: Int) {
    failures.noteAnswer()
    switch response.status {
    case 200, 201, 204:
      reply(
        .success(LoadOutcome(rows: request.result.adsCount, repeatedIDs: 0, wasLoadedBefore: false)))
    case 429, 503:
      let asked = service.retryAfter(response) ?? .seconds(1 << min(waited, 6))
      let wait = min(asked, Self.longestWait)
      guard .now + wait < until else {
        return reply(.failure(failures.refusal(response, doing: "PUT of a mission")))
      }
      waits.after(wait) {
        send(waited: waited + 1)
      } orWhenClosed: {
        reply(.failure(failures.refusal(response, doing: "PUT of a mission")))
      }
    default: reply(.failure(failures.refusal(response, doing: "PUT of a mission")))
    }
  }

  private var headers: [(name: String, value: String)] {
    let parameters = request.parameters
    let described = [
      ("X-Mission-Id", "\(request.mission)"), ("X-Mission-Run-Id", request.runID),
      ("X-Mission-Source", parameters.source), ("X-Mission-Date-Start", "\(parameters.dateStart)"),
      ("X-Mission-Date-End", "\(parameters.dateEnd)"), ("X-Mission-Media-Type", parameters.mediaTypeText),
      ("X-Mission-Languages", parameters.languageList),
      ("X-Mission-Parameters", parameters.values.isEmpty ? "" : parameters.values.percentEncodedJSON),
      ("X-Mission-Ads-Count", "\(request.result.adsCount)"), ("X-Mission-Sha256", request.sha256),
      ("X-Mission-Table", "\(request.table.name)"),
    ]
    return [
      ("Content-Type", "application/json"), ("Content-Digest", ContentDigest.field(request.result.sha256)),
      ("Idempotency-Key", key),
    ] + described.filter { !$0.1.isEmpty }
  }
}
