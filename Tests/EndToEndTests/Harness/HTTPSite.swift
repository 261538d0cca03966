import Foundation
import TestSupport
import Testing

/// An installation whose one source is the simulator's jobs API, into SQLite and a folder.
enum HTTPSite {
  static let start =
    #"start: {post: /jobs, body: {type: harvest, reference: "{mission_id}", params: {date_start: "{date_start}", date_end: "{date_end}", tipo: "{tipo}"}}, job: /id}"#
  static let startWithKey =
    #"start: {post: /jobs, headers: {Idempotency-Key: "{idempotency_key}"}, body: {type: harvest, params: {date_start: "{date_start}", date_end: "{date_end}"}}, job: /id}"#
  static let look =
    "look: {get: \"/jobs/{job}\", every: 20ms, status: /status, waiting: [pending, running], done: [completed], failed: [failed], error: /error}"
  static let result = "result: {get: \"/jobs/{job}/result\"}"
  static let cancel = "cancel: {post: \"/jobs/{job}/cancel\"}"
  static let find =
    #"find: {get: /jobs, query: {reference: "{mission_id}"}, jobs: /jobs, where: {/reference: "{mission_id}"}, job: /id}"#
  static let health = "health: {get: /health}"
  /// All of them but `send`.
  static let whole = [start, look, result, cancel, find, health]

  /// The section of the source `jobs`.
  static func section(_ lines: [String], port: UInt16) -> String {
    """
      jobs:
        kind: http
        url: http://127.0.0.1:\(port)/api/admin
        headers: {Authorization: "Bearer ${JOBS_TOKEN}"}
        capacity: 4
        retry_delay: 10ms
        parameters: {tipo: [reag, master]}

    """ + lines.map { "    \($0)\n" }.joined()
  }

  /// - Parameter lines: of the section, besides kind, url and headers.
  static func make(_ lines: [String], days: Int, _ setup: Setup = Setup()) async throws -> Installation {
    let site = try await Installation(setup)
    try site.keepObjectsInFolder()
    site.secrets.append("canary-jobs-token")
    site.environment["JOBS_TOKEN"] = "canary-worker-jobs"
    try site.configure(
      "version: 1\n", "version: 1\nsources:\n" + section(lines, port: site.control.port))
    let rows = (0..<days).map { "\(Installation.day($0)),\(Installation.day($0)),jobs\n" }.joined()
    try site.write("date_start,date_end,source\n" + rows, to: "missions/a.csv")
    return site
  }
}

extension Installation {
  /// Runs until the program dies at a failpoint.
  func die(at point: String, _ arguments: [String] = ["run"]) async throws {
    environment["MISSION_CONTROL_FAILPOINT"] = point
    let killed = try await end(try start(arguments))
    environment["MISSION_CONTROL_FAILPOINT"] = nil
    #expect(killed.way == .signal(SIGKILL), "\(point): \(killed.errors)")
  }

  /// Jobs that the simulator has really started.
  func jobsStarted() throws -> Int { try stats()["jobs_started_total"].int ?? 0 }

  /// `code|count` of failed missions.
  func failures() throws -> [String] {
    try journal(
      "SELECT error_code, count(*) FROM mission_list WHERE status = 'FAILED' GROUP BY error_code ORDER BY 1")
  }
}
