import Foundation
import TestServers
import TestSupport

/// A course of runs that comes to one and the same end however often it is killed on the way.
struct CrashScenario: Sendable {
  /// One command, begun again until it has come to its end.
  struct Phase: Sendable {
    let arguments: [String]
    /// Fault rules of the simulator, one a line.
    let script: String
    /// What the command may end with, also when an earlier try of it has done a part.
    let codes: Set<Int32>
    /// Harms the state folder first; says how many results are worthless from then on.
    var harm: (@Sendable (_ state: String) throws -> Int)?
  }

  /// What brings the records.
  enum Sources: Sendable {
    case workers
    /// An HTTP API that is asked what became of its starts.
    case jobs
    /// The same, and programs for the second half of the days.
    case jobsAndPrograms
  }

  let name: String
  let days: Int
  var sources = Sources.workers
  /// Jobs of the HTTP API that the course takes, however often it is interrupted.
  var jobs = 0
  /// Where the ads go; nil for SQLite.
  var postgres: PostgresServer?
  /// Whether a folder keeps the objects, and not a bucket.
  var hasFolderStore = false
  /// Whether a writer takes the records, and a server of files the objects.
  var isOverHTTP = false
  let phases: [Phase]

  /// Six missions on two workers: one without ads, one that goes through the spool's large lane, one whose job
  /// fails first, one whose job is paused first, and a session that gets stuck.
  static let backfill = CrashScenario(
    name: "backfill", days: 6,
    phases: [
      Phase(
        arguments: ["run"],
        script: """
          {"match": {"request": "POST /scrape", "date": "2025-01-01"}, "do": {"ads": 0}}
          {"match": {"request": "POST /scrape", "date": "2025-01-02"}, "do": {"ads": \(largeAds)}}
          {"match": {"request": "POST /scrape", "date": "2025-01-03"}, "do": {"job_status": "failed"}, "times": 1}
          {"match": {"request": "POST /scrape", "date": "2025-01-04"}, "do": {"job_status": "paused"}, "times": 1}
          {"match": {"request": "POST /session", "nth": 3}, "do": {"session_status": "stuck"}, "times": 1}
          """,
        codes: [0])
    ])

  /// The same into a PostgreSQL.
  static func backfill(into server: PostgresServer) -> CrashScenario {
    CrashScenario(
      name: "backfill into PostgreSQL", days: backfill.days, postgres: server, phases: backfill.phases)
  }

  /// The same with a folder as the store.
  static let backfillIntoFolder = CrashScenario(
    name: "backfill into a folder", days: backfill.days, hasFolderStore: true, phases: backfill.phases)

  /// The same to a writer and onto a server of files, programs of others both.
  static let backfillOverHTTP = CrashScenario(
    name: "backfill to a writer and a file server", days: backfill.days, isOverHTTP: true,
    phases: backfill.phases)

  static var reasonToSkipHTTP: String? { WriterServer.reasonToSkip ?? FileServer.Program.nginx.reasonToSkip }

  /// Two missions that the store denies: their results stay in the spool, get files of their own, and one of them
  /// is harmed before both are tried again.
  static let staying = CrashScenario(
    name: "staying", days: 3,
    phases: [
      Phase(
        arguments: ["run"],
        script: """
          {"match": {"request": "PUT object", "date": "2025-01-01"}, "do": {"s3_error": "AccessDenied"}}
          {"match": {"request": "PUT object", "date": "2025-01-02"}, "do": {"s3_error": "AccessDenied"}}
          """,
        // 0 when a killed try had failed them already: they are not chosen again.
        codes: [0, 1]),
      Phase(arguments: ["run", "--retry-failed"], script: "", codes: [0], harm: harmOneResult),
    ])

  /// Jobs of an HTTP API: one without ads, one that fails first, one whose result is large.
  static let httpJobs = CrashScenario(
    name: "jobs of an HTTP API", days: 3, sources: .jobs, jobs: 4, hasFolderStore: true, phases: [jobsPhase])

  /// The same beside programs: one whose result is large, and three that keep files and leave something running.
  static let jobsAndPrograms = CrashScenario(
    name: "jobs of an HTTP API and programs", days: 6, sources: .jobsAndPrograms, jobs: 4,
    hasFolderStore: true,
    phases: [jobsPhase])

  private static let jobsPhase = Phase(
    arguments: ["run"],
    script: """
      {"match": {"request": "POST /api/admin/jobs", "date": "2025-01-01"}, "do": {"ads": 0}}
      {"match": {"request": "POST /api/admin/jobs", "date": "2025-01-02"}, "do": {"job_status": "failed"}, "times": 1}
      {"match": {"request": "POST /api/admin/jobs", "date": "2025-01-03"}, "do": {"ads": \(largeAds)}}
      """,
    codes: [0])

  /// A little more than stays in memory (256 KiB).
  private static let largeAds = 900

  /// Changes a byte of the first result that has a file of its own; after a kill they may still be in a segment.
  @Sendable private static func harmOneResult(_ state: String) throws -> Int {
    let folder = state + "/spool"
    guard let name = TemporaryFolder.files(in: folder).first(where: { $0.hasSuffix(".json") }) else {
      return 0
    }
    var bytes = try TemporaryFolder.bytes("\(folder)/\(name)")
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    return 1
  }
}
