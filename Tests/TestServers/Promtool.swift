import Foundation

/// Prometheus's own checker of metrics; Tests/run.sh brings it.
public enum Promtool {
  /// Nil where it is not installed.
  public static let path: String? = {
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let own = repository.appendingPathComponent(".build/test-tools/promtool").path
    return [own, "/usr/bin/promtool"].first(where: FileManager.default.isExecutableFile)
  }()

  /// Where CI runs it must be there; elsewhere the tests that need it are left out.
  public static var isWanted: Bool { path != nil || ProcessInfo.processInfo.environment["CI"] == "true" }

  public static let reason = "promtool is missing: Tests/run.sh brings it"

  /// What `promtool check metrics` finds wrong with the text; empty when nothing is.
  public static func problems(_ metrics: String) throws -> String {
    guard let path else { return "promtool is missing" }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["check", "metrics"]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(metrics.utf8))
    try input.fileHandleForWriting.close()
    let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? said : "exit \(process.terminationStatus): \(said)"
  }
}
