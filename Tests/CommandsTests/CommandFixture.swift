import Foundation
import Journal
import MissionCore
import TestSupport

@testable import Commands

/// A folder with a configuration and a journal, and the program run in it.
final class CommandFixture {
  static let runID = "run-20260131-100000-4f09ab"
  private let temporary = TemporaryFolder()
  var folder: String { temporary.path }
  var config: String { folder + "/config.yaml" }
  var environment: [String: String] = [:]
  var journalPath: String { folder + "/state/journal.sqlite" }

  static func time(_ seconds: Int64) -> Timestamp {
    Timestamp(milliseconds: Timestamp("2026-01-31T10:00:00.000Z")!.milliseconds + seconds * 1000)
  }

  /// The fourth id differs from the third one late, so that they share a prefix.
  static func id(_ number: Int) -> MissionID {
    MissionID(high: UInt64(min(number, 3)) << 60 | 0x8000, low: 1 << 63 | UInt64(number))
  }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder + "/missions", withIntermediateDirectories: true)
    try write(
      "config.yaml",
      """
      version: 1
      missions: [missions/*.csv]
      journal: {path: state/journal.sqlite}
      workers:
        - {name: worker-1, url: "https://worker1.example.com", api_key: canary-key-1}
        - {name: worker-2, url: "https://worker2.example.com", api_key: canary-key-2}
      storage_db: {connection_string: "sqlite:state/ads.sqlite"}
      storage_s3: {bucket: b, access_key: canary-access, secret_key: canary-secret}

      """)
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  /// Missions 1 DONE, 2 FAILED, 3 and 4 RUNNING on worker-1 and left; the run is not over.
  @discardableResult
  func openJournal() throws -> Journal {
    let journal = try Journal.open(path: journalPath, busy: .seconds(1))
    try journal.beginRun(RunRecord(id: Self.runID, startedAt: Self.time(0)))
    let rows = (1...4).map { number in
      let day = CalendarDay("2025-03-01")!.adding(days: number - 1)
      return (
        id: Self.id(number),
        parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
        priority: 0
      )
    }
    _ = try journal.importMissions(rows, at: Self.time(0), runID: Self.runID)
    _ = try journal.select(run: Self.runID, SelectionRule(), at: Self.time(0))
    try finish(1, journal)
    try step(2, .started(worker: "worker-2"), 2, journal, .started, [("worker", .text("worker-2"))])
    try step(
      2, .failed(code: .storeCredentials, cause: nil, message: "=evil, \"quoted\""), 3, journal, .failed,
      [("code", .text("ERROR401")), ("tries", .integer(3))])
    try step(3, .started(worker: "worker-1"), 4, journal, .started, [])
    try step(4, .started(worker: "worker-1"), 4, journal, .started, [])
    return journal
  }

  private func finish(_ number: Int, _ journal: Journal) throws {
    let digest = String(repeating: "a", count: 64)
    try step(number, .started(worker: "worker-1"), 1, journal, .started, [])
    try step(number, .scrapeStarting(worker: "worker-1", proxy: nil), 1, journal, .scrapeStarting, [])
    try step(number, .scrapeStarted(jobID: "job-1"), 1, journal, .scrapeStarted, [])
    try step(
      number, .scrapeCompleted(adsCount: 20, size: 2048, sha256: digest, seconds: 1), 2, journal,
      .scrapeCompleted, [])
    try step(number, .dbCompleted(seconds: 0.1), 2, journal, .dbCompleted, [])
    try step(
      number, .s3Completed(key: "k.json", etag: "e", size: 4096, sha256: digest, seconds: 0.2), 2, journal,
      .s3Completed, [])
  }

  private func step(
    _ number: Int, _ change: MissionChange, _ seconds: Int64, _ journal: Journal, _ kind: EventKind,
    _ details: EventDetails
  ) throws {
    let transition = MissionTransition(
      mission: Self.id(number), change: change, events: [JournalEvent(kind, details)], at: Self.time(seconds))
    try journal.write([.mission(transition)], runID: Self.runID)
  }

  struct Outcome {
    let code: Int32
    let output: String
    let errors: String

    var json: [String: Any]? {
      try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]  // nil fails the test
    }
  }

  /// Runs the program with `--config` of this folder, ten seconds after the run began.
  func run(_ line: String...) throws -> Outcome {
    try run(words: ["--config", config] + line.flatMap { $0.split(separator: " ").map(String.init) })
  }

  /// The same with all its words.
  func run(words: [String]) throws -> Outcome {
    let output = folder + "/stdout-" + UUID().uuidString
    let errors = folder + "/stderr-" + UUID().uuidString
    let descriptors = [output, errors].map { (path: String) in open(path, O_RDWR | O_CREAT, 0o600) }
    defer { for descriptor in descriptors { close(descriptor) } }
    let code = MissionControlMain.run(
      words, environment, now: { Self.time(10) }, output: descriptors[0],
      errors: descriptors[1])
    return Outcome(
      code: code, output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
