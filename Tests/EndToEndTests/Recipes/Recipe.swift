import Foundation
import TestSupport
import Testing

/// A recipe of `examples/sources/` in a folder of its own, with as little changed as the server of a test needs.
final class Recipe {
  /// Where the recipes are.
  static let all = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../examples/sources").standardizedFileURL.path

  let temporary = TemporaryFolder()
  let name: String
  var variables: [String: String]
  var folder: String { "\(temporary.path)/\(name)" }

  /// - Parameter changes: texts of the configuration, which must be there, and what stands there instead.
  init(_ name: String, _ changes: [(old: String, new: String)] = [], _ variables: [String: String] = [:])
    throws
  {
    self.name = name
    self.variables = variables
    try FileManager.default.copyItem(atPath: "\(Self.all)/\(name)", toPath: folder)
    mkdir("\(temporary.path)/outputs", 0o700)
    var text = try TemporaryFolder.text("\(folder)/config.yaml")
    for change in changes {
      try #require(text.contains(change.old), "\(change.old)")
      text = text.replacingOccurrences(of: change.old, with: change.new)
    }
    try write(text, "config.yaml")
  }

  func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// One mission a day from 2025-01-01 on, in place of the recipe's own.
  func list(days: Int, source: String) throws {
    let rows = (0..<days).map { "\(Installation.day($0)),\(Installation.day($0)),\(source)\n" }.joined()
    try write("date_start,date_end,source\n" + rows, "missions/2025-01.csv")
  }

  /// Rows of its mission file.
  var missions: Int {
    get throws {
      try TemporaryFolder.text("\(folder)/missions/2025-01.csv").split(separator: "\n").count - 1
    }
  }

  func start(_ arguments: String...) throws -> Program { try start(arguments) }

  private func start(_ arguments: [String]) throws -> Program {
    let environment = ["PATH": "/usr/bin:/bin", "HOME": temporary.path]
    return try Program(
      Binaries.missionControl, arguments, in: folder, outputs: "\(temporary.path)/outputs",
      environment: environment.merging(variables) { _, new in new })
  }

  func command(_ arguments: String..., seconds: Double = 120) async throws -> Ended {
    try await start(arguments).end(within: seconds)
  }

  /// Runs until the program dies at a failpoint.
  func die(at point: String) async throws -> Ended.Way {
    variables["MISSION_CONTROL_FAILPOINT"] = point
    defer { variables["MISSION_CONTROL_FAILPOINT"] = nil }
    return try await start("run", "--no-progress").end(within: 60).way
  }

  /// Starts a run and kills it once so many events of a kind are journaled.
  func kill(after count: Int, of event: String, within seconds: Double = 60) async throws {
    let run = try start("run", "--no-progress")
    _ = try await Wait.until(seconds: seconds) { self.count(of: event) >= count || !run.isRunning() }
    run.signal(SIGKILL)
    #expect(try await run.end(within: 10).way == .signal(SIGKILL), "\(event)")
  }

  func journal(_ sql: String) throws -> [String] {
    try Installation.rows("\(folder)/state/journal.sqlite", sql)
  }

  /// 0 while there is no journal.
  func count(of event: String) -> Int {
    // Any failure means that it is not there yet.
    let rows = try? journal("SELECT count(*) FROM mission_events WHERE event = '\(event)'")
    return rows?.first.flatMap { Int($0) } ?? 0
  }

  func rows(_ table: String = "ads") throws -> Int {
    let rows = try Installation.rows("\(folder)/state/ads.sqlite", "SELECT count(*) FROM \(table)")
    return Int(rows[0]) ?? -1
  }

  var objects: Int {
    TemporaryFolder.files(in: "\(folder)/audit").filter { !$0.hasSuffix(".meta.json") }.count
  }

  /// All missions are DONE, each with its rows and one object, and `verify` finds nothing.
  func expectDone(missions: Int, rows: Int, _ place: SourceLocation = #_sourceLocation) async throws {
    let statuses = try journal("SELECT status, count(*) FROM mission_list GROUP BY status")
    #expect(statuses == ["DONE|\(missions)"], sourceLocation: place)
    #expect(try self.rows() == rows, sourceLocation: place)
    #expect(objects == missions, sourceLocation: place)
    let verified = try await command("verify")
    #expect(verified.way == .exit(0), "\(verified.output)\(verified.errors)", sourceLocation: place)
  }
}
