import Crypto
import MissionCore

/// A writer (SOURCES 6), below `/writer` on the workers' port: it takes the records of missions, says what it has, and
/// counts what it has written. It shares fault script, counts and log with the workers.
///
/// Nothing is kept on disk. Called by the event loop's thread of the workers alone.
final class WriterService {
  /// What it has of a mission.
  struct Written {
    let sha256: String
    let rows: Int
    let key: String
    let body: [UInt8]
    /// How often something was written for the mission.
    let commits: Int
  }

  private let settings: WorkerSettings
  private let script: FaultScript
  private let statistics: Statistics
  private let log: RequestLog?
  private var missions: [String: Written] = [:]
  /// Of missions that were removed, too.
  private var commits: [String: Int] = [:]

  init(settings: WorkerSettings, script: FaultScript, statistics: Statistics, log: RequestLog?) {
    self.settings = settings
    self.script = script
    self.statistics = statistics
    self.log = log
  }

  func reset() {
    missions = [:]
    commits = [:]
  }

  func answer(_ route: WriterRoute, _ head: RequestHead, _ body: [UInt8]) -> Reply {
    var facts = RequestFacts(route.kind)
    // As a key of the store, so that rules find the day.
    facts.key = head.value(of: "x-mission-date-start").map { "/\($0)/" }
    statistics.count(route.kind)
    var reply: Reply
    if head.value(of: "x-api-key") != "\(settings.apiKeyPrefix)writer" {
      statistics.countUnauthorised()
      reply = Reply(.error(401, "X-API-Key is missing or wrong"))
    } else if let fault = script.fault(for: facts) {
      statistics.countFault()
      if fault.forgets { reset() }
      reply = fault.applied(to: fault.isPerformed ? perform(route, head, body) : fault.refusal())
    } else {
      reply = Reply(perform(route, head, body))
    }
    reply.delivery.delay += settings.latency
    log?.write(head, facts, status: reply.delivery.isReset ? 0 : reply.response.status)
    return reply
  }

  private func perform(_ route: WriterRoute, _ head: RequestHead, _ body: [UInt8]) -> Response {
    switch route.kind {
    case .writerHealth: return .json(200, "{\"status\":\"ok\"}")
    case .listMissions: return list(head)
    case .putMission: return put(route.mission ?? "", head, body)
    case .getMission:
      guard let found = route.mission.flatMap({ missions[$0] }) else { return Self.unknown }
      return .json(200, "{\(Self.ledger(found))}")
    case .deleteMission:
      guard let mission = route.mission, missions.removeValue(forKey: mission) != nil else {
        return Self.unknown
      }
      return Response(status: 204)
    default: return .error(404, "no such path")
    }
  }

  private func put(_ mission: String, _ head: RequestHead, _ body: [UInt8]) -> Response {
    let digest = "sha-256=:\(Base64.text(SHA256.digest(of: body))):"
    guard head.value(of: "content-digest") == digest else {
      return .error(400, "the body does not have its Content-Digest")
    }
    guard let records = (try? JSONParser.parse(body))?.elements, let key = head.value(of: "idempotency-key"),
      let sha256 = head.value(of: "x-mission-sha256")
    else { return .error(422, "the body is no array, or a header is missing") }
    let before = missions[mission]
    if before?.key == key { return Response(status: 200) }
    commits[mission, default: 0] += 1
    missions[mission] = Written(
      sha256: sha256, rows: records.count, key: key, body: body, commits: commits[mission] ?? 1)
    return Response(status: before == nil ? 201 : 204)
  }

  private func list(_ head: RequestHead) -> Response {
    let pairs = (head.query ?? "").split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    func value(_ name: Substring) -> Substring? { pairs.first { $0.count == 2 && $0[0] == name }?[1] }
    guard let limit = value("limit").flatMap({ Int($0) }), limit > 0 else {
      return .error(422, "limit is needed")
    }
    let after = value("after") ?? ""
    let page = missions.keys.sorted().filter { $0 > after }.prefix(limit)
    let texts = page.compactMap { id in
      missions[id].map { "{\"mission_id\":\"\(id)\",\(Self.ledger($0))}" }
    }
    return .json(200, "{\"missions\":[\(texts.joined(separator: ","))]}")
  }

  /// What tests compare with: how often each mission was written, and how many records it has.
  var contents: Response {
    let texts = missions.sorted { $0.key < $1.key }.map { id, found in
      "\"\(id)\":{\(Self.ledger(found)),\"commits\":\(found.commits)}"
    }
    return .json(200, "{\(texts.joined(separator: ","))}")
  }

  private static func ledger(_ written: Written) -> String {
    "\"sha256\":\"\(written.sha256)\",\"rows\":\(written.rows)"
  }

  private static var unknown: Response { .error(404, "no such mission") }
}
