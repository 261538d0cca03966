import Dates

/// An S3-compatible store (SPEC 13): every signature is checked, objects are files.
///
/// What can be told from the head is told before the body is read, as S3 does. Called by its event loop's
/// thread alone.
final class StoreService: RequestHandler {
  let settings: StoreSettings
  let files: ObjectFiles
  private let script: FaultScript
  private let statistics: Statistics
  private let log: RequestLog?
  private var verifier: SignatureVerifier
  private var requests: UInt64 = 0

  init(
    settings: StoreSettings, script: FaultScript, statistics: Statistics, log: RequestLog?
  ) throws(SimulatorError) {
    self.settings = settings
    self.script = script
    self.statistics = statistics
    self.log = log
    files = try ObjectFiles(root: settings.folder, buckets: [settings.bucket])
    verifier = SignatureVerifier(accessKey: settings.accessKey, secretKey: settings.secretKey)
  }

  func begin(_ head: RequestHead) -> BodyPlan {
    var facts = RequestFacts(.unknown)
    var fault: Fault?
    do throws(StoreError) {
      let route = try StoreRoute(head, knownBucket: settings.bucket)
      facts.kind = route.kind
      facts.bucket = route.bucket
      facts.key = String(decoding: route.key, as: UTF8.self)
      statistics.count(facts.kind)
      fault = script.fault(for: facts)
      if fault != nil { statistics.countFault() }
      if let fault, !fault.isPerformed { return .refuse(refusal(head, facts, fault)) }
      let hash = try verify(head, clockOffset: fault?.clockOffset ?? 0)
      guard files.hasBucket(route.bucket) else {
        throw StoreError("NoSuchBucket", details: ["BucketName": route.bucket])
      }
      try checkFraming(head, route.kind)
      let upload = route.kind == .putObject ? files.newUploadPath() : nil
      return .stream(StoreExchange(facts, fault: fault, claimedHash: hash, upload: upload))
    } catch {
      return .refuse(reply(head, facts, fault, self.response(to: error, head)))
    }
  }

  func finish(_ head: RequestHead, _ body: ReceivedBody) -> Reply {
    guard case .streamed(let receiver) = body, let exchange = receiver as? StoreExchange else {
      preconditionFailure("bodies are streamed")
    }
    do throws(StoreError) {
      try exchange.checkHash()
      var answer = try perform(head, exchange)
      if let fault = exchange.fault, let code = fault.storeError {
        answer = response(to: StoreError(code, status: fault.status), head)
      }
      return reply(head, exchange.facts, exchange.fault, answer)
    } catch {
      return reply(head, exchange.facts, exchange.fault, response(to: error, head))
    }
  }

  private func verify(_ head: RequestHead, clockOffset: Int64) throws(StoreError) -> String? {
    guard settings.checksSignatures else { return nil }
    let request = SignatureVerifier.Request(
      method: head.method, path: head.path, query: head.query,
      fields: head.fields.map { (head.name(of: $0), head.text($0.value)) })
    do throws(StoreError) {
      return try verifier.verify(request, now: Clock.wallMilliseconds() / 1000 + clockOffset)
    } catch {
      statistics.countRejectedSignature()
      throw error
    }
  }

  private func checkFraming(_ head: RequestHead, _ kind: RequestKind) throws(StoreError) {
    if head.framing == .chunked {
      throw StoreError("NotImplemented", details: ["Header": "Transfer-Encoding"])
    }
    if kind == .putObject, head.value(of: "content-length") == nil {
      throw StoreError("MissingContentLength")
    }
    if kind == .unknown { throw StoreError("MethodNotAllowed") }
  }

  // MARK: - Answers

  /// The answer to a request that a rule keeps from being carried out.
  private func refusal(_ head: RequestHead, _ facts: RequestFacts, _ fault: Fault) -> Reply {
    guard let code = fault.storeError else { return reply(head, facts, fault, fault.refusal()) }
    return reply(head, facts, fault, response(to: StoreError(code, status: fault.status), head))
  }

  private func response(to error: StoreError, _ head: RequestHead) -> Response {
    let xml = error.xml(resource: String(head.path), requestID: requestID(requests + 1))
    return Response(
      status: error.status, fields: [("Content-Type", "application/xml")], body: .bytes(Array(xml.utf8)))
  }

  private func reply(_ head: RequestHead, _ facts: RequestFacts, _ fault: Fault?, _ response: Response)
    -> Reply
  {
    requests += 1
    var response = response
    response.fields.append(("x-amz-request-id", requestID(requests)))
    if let offset = fault?.clockOffset, offset != 0 {
      response.fields.append(
        ("Date", HTTPDate.text(secondsSince1970: Clock.wallMilliseconds() / 1000 + offset)))
    }
    var reply = fault?.applied(to: response) ?? Reply(response)
    reply.delivery.delay += settings.latency
    log?.write(head, facts, status: reply.delivery.isReset ? 0 : reply.response.status)
    return reply
  }

  private func requestID(_ number: UInt64) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
