import HTTP
import KeyTable
import MissionCore

@testable import HTTPSource

extension Sections {
  /// A section for `LoopbackJobs`.
  static func jobs(_ url: String, send: String) -> String {
    """
    url: \(url)
    start: {post: /jobs, body: {mission: "{mission_id}"}, job: /job/id, keep: {set: /job/set}}
    look: {get: "/jobs/{job}", status: /status, waiting: [running], done: [completed], failed: [failed, cancelled], error: /error}
    result: {get: "/sets/{set}"}
    cancel: {post: "/jobs/{job}/cancel"}
    find: {get: /jobs, jobs: /jobs, where: {/body/mission: "{mission_id}"}, job: /id, keep: {set: /set}}
    health: {get: /health}
    send: \(send)
    """
  }

  static func source(
    _ yaml: String, _ http: any HTTPClient, tell: @escaping @Sendable (Message) -> Void = { _ in }
  ) throws -> HTTPSource {
    var limits = HTTPSource.Limits()
    limits.asks = [.zero, .milliseconds(5), .milliseconds(10)]
    return try HTTPSource(
      read(yaml).section, name: "jobs", http: http, redactor: Judging.judge.redactor, limits: limits,
      now: { Judging.now }, tell: tell)
  }
}
