import Foundation

/// A program of others that reads a text and says what is wrong with it; Tests/run.sh brings it.
public struct TextChecker: Sendable {
  /// Prometheus's checker of metrics.
  public static let promtool = TextChecker("promtool", ["check", "metrics"])
  /// The same for alert rules; it says so when there is nothing wrong.
  public static let rules = TextChecker("promtool", ["check", "rules", "/dev/stdin"])
  /// Node.js, which only looks whether a script can be read.
  public static let node = TextChecker("node", ["--check", "-"])

  /// PyPI's validator of OpenAPI files, which Tests/servers.sh brings.
  public static let openAPI = TextChecker(
    "python",
    ["-c", "import sys, yaml, openapi_spec_validator as v; v.validate(yaml.safe_load(sys.stdin))"],
    in: ServerTools.environment + "/bin")

  private let name: String
  private let arguments: [String]
  /// Nil where it is not installed.
  private let path: String?

  private init(_ name: String, _ arguments: [String], in folder: String? = nil) {
    self.name = name
    self.arguments = arguments
    let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let own = repository.appendingPathComponent(".build/test-tools/\(name)").path
    path = (folder.map { ["\($0)/\(name)"] } ?? [own, "/usr/bin/\(name)"]).first(
      where: FileManager.default.isExecutableFile)
  }

  /// Where CI runs it must be there; elsewhere the tests that need it are left out.
  public var isWanted: Bool { path != nil || ProcessInfo.processInfo.environment["CI"] == "true" }

  public var reason: String { "\(name) is missing: Tests/run.sh brings it" }

  /// What it finds wrong with the text; empty when nothing is.
  public func problems(_ text: String) throws -> String {
    guard let path else { return "\(name) is missing" }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? said : "exit \(process.terminationStatus): \(said)"
  }
}
