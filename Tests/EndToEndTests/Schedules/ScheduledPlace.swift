import Foundation
import SQLite
import TestSupport
import Testing

/// A folder with a configuration that has schedules and a source that is a script, SQLite and a folder as a store; the
/// program runs there at a time of the test's choice.
final class ScheduledPlace {
  private let temporary = TemporaryFolder()
  var folder: String { temporary.path }
  var journalPath: String { folder + "/state/journal.sqlite" }
  var environment: [String: String] = [:]

  /// - Parameter script: of `sh`; its first argument is the slot.
  init(_ schedules: [String], script: String = "echo \"[{\\\"id\\\":\\\"$1\\\"}]\"", more: String = "") throws
  {
    for name in ["missions", "outputs"] { mkdir("\(folder)/\(name)", 0o700) }
    try write(
      """
      version: 1
      journal: {path: state/journal.sqlite}
      sources:
        shop: {kind: command, command: [sh, program.sh, "{slot}"], max_retries: 0, parameters: {tipo: [reag, master]}}
      schedules:
      \(schedules.map { "  - \($0)" }.joined(separator: "\n"))
      storage_db: {connection_string: "sqlite:state/ads.sqlite"}
      storage_folder: {path: audit}
      \(more)

      """, "config.yaml")
    try write(script, "program.sh")
  }

  func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// - Parameter time: `2026-03-10 05:00:30` in UTC; nil leaves the machine's own.
  func start(_ arguments: [String], at time: String? = nil) throws -> Program {
    let whole = ["PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC"]
      .merging(FakeTime.variables) { $1 }.merging(environment) { $1 }
    guard let time else {
      return try Program(
        Binaries.missionControl, arguments, in: folder, outputs: "\(folder)/outputs", environment: whole)
    }
    return try Program(
      FakeTime.program, FakeTime.arguments(time, arguments), in: folder, outputs: "\(folder)/outputs",
      environment: whole)
  }

  @discardableResult
  func run(_ arguments: String..., at time: String? = nil) async throws -> Ended {
    try await start(arguments, at: time).end(within: 120)
  }

  /// `run --due`, which ends with 0.
  @discardableResult
  func tick(_ time: String) async throws -> Ended {
    let ended = try await run("run", "--due", "--no-progress", at: time)
    #expect(ended.way == .exit(0), "\(time): \(ended.errors)\(ended.output)")
    return ended
  }

  /// How long `run --due` takes that ends with 0, prints nothing and says this.
  func secondsOfRun(telling words: String) throws -> Double {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Binaries.missionControl)
    process.arguments = ["run", "--due"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder]
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    let began = ContinuousClock.now
    try process.run()
    // Both end with the process; what is written fits into the pipes.
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && said.contains(words), "\(said)")
    #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty)
    return seconds
  }

  /// The first column of each row.
  func journal(_ sql: String) throws -> [String] { try read(journalPath, sql) }
  func destination(_ sql: String) throws -> [String] { try read(folder + "/state/ads.sqlite", sql) }

  private func read(_ path: String, _ sql: String) throws -> [String] {
    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    defer { connection.close() }
    let rows = try connection.prepare(sql)
    var texts: [String] = []
    while try rows.step() { texts.append(rows.text(0) ?? "") }
    return texts
  }

  /// `2026-03-10T02:00 DONE` for each mission of a schedule.
  var slots: [String] {
    get throws {
      try journal(
        "SELECT json_extract(parameters, '$.slot') || ' ' || status FROM mission_list "
          + "WHERE json_extract(parameters, '$.slot') IS NOT NULL ORDER BY 1")
    }
  }

  var reports: Int { temporary.names(in: "state/reports").filter { $0.hasSuffix(".json") }.count }
}
