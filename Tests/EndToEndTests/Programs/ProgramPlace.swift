import Foundation
import SQLite
import TestSupport
import Testing

/// A folder with a configuration whose source is a script, with SQLite and a folder as destination and store.
final class ProgramPlace {
  let temporary = TemporaryFolder()
  /// What a run is told besides.
  var variables: [String: String] = [:]
  var folder: String { temporary.path }
  var journalPath: String { "\(folder)/state/journal.sqlite" }
  private var environment: [String: String] {
    ["PATH": "/usr/bin:/bin", "HOME": folder, "PROGRAM_KEY": "canary-program-key"]
      .merging(variables) { _, new in new }
  }

  /// - Parameters:
  ///   - more: lines of the source's section.
  ///   - execution: what is in the section of that name.
  init(_ script: String, days: Int, more: [String] = [], execution: String = "") throws {
    for name in ["missions", "outputs"] { mkdir("\(folder)/\(name)", 0o700) }
    let source =
      [
        "kind: command", "command: [sh, program.sh, \"{date_start}\"]",
        "environment: {KEY: \"${PROGRAM_KEY}\"}",
      ] + more
    try write(
      "version: 1\nmissions: [missions/*.csv]\njournal: {path: state/journal.sqlite}\n"
        + "execution: {max_retries: 2\(execution.isEmpty ? "" : ", ")\(execution)}\nsources:\n  shop:\n"
        + source.map { "    \($0)\n" }.joined()
        + "storage_db: {connection_string: \"sqlite:state/ads.sqlite\"}\nstorage_folder: {path: audit}\n",
      "config.yaml")
    try write(script, "program.sh")
    let rows = (1...days).map { day in
      let date =
        "2025-\(String(format: "%02d", 1 + (day - 1) / 28))-\(String(format: "%02d", 1 + (day - 1) % 28))"
      return "\(date),\(date),shop\n"
    }
    try write("date_start,date_end,source\n" + rows.joined(), "missions/m.csv")
  }

  func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  func start(_ arguments: String...) throws -> Program { try start(arguments) }

  private func start(_ arguments: [String]) throws -> Program {
    try Program(
      Binaries.missionControl, arguments, in: folder, outputs: "\(folder)/outputs",
      environment: environment)
  }

  func run() async throws -> Ended { try await start("run", "--no-progress").end(within: 120) }

  /// Any other command.
  func command(_ arguments: String...) async throws -> Ended { try await start(arguments).end(within: 60) }

  /// Runs until the program dies at a failpoint.
  func die(at point: String) async throws -> Ended.Way {
    variables["MISSION_CONTROL_FAILPOINT"] = point
    defer { variables["MISSION_CONTROL_FAILPOINT"] = nil }
    return try await run().way
  }

  /// Rows of the journal, columns joined by `|`.
  func journal(_ sql: String) throws -> [String] { try Installation.rows(journalPath, sql) }

  func destination(_ sql: String) throws -> [String] {
    try Installation.rows("\(folder)/state/ads.sqlite", sql)
  }

  /// Keys of the store.
  var keys: [String] {
    TemporaryFolder.files(in: "\(folder)/audit").filter { !$0.hasSuffix(".meta.json") }
  }

  var objects: Int { keys.count }

  /// How often the script was begun, when it writes a line into `begun` each time.
  var begun: Int { temporary.bytes("begun")?.filter { $0 == UInt8(ascii: "\n") }.count ?? 0 }

  /// Processes of the source's programs.
  var programs: [Int] { Self.programs(in: folder) }

  /// Processes of programs whose working folders are below a folder.
  static func programs(in folder: String) -> [Int] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap(Int.init).filter { process in
      guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/environ"),
        let status = FileManager.default.contents(atPath: "/proc/\(process)/status"),
        !String(decoding: status, as: UTF8.self).contains("State:\tZ")
      else { return false }
      return String(decoding: bytes, as: UTF8.self).contains("MISSION_FOLDER=\(folder)/")
    }
  }
}
