import Foundation

/// Python's own readers and hashes, to compare ours with: written by others, from the same specifications.
public enum PythonReference {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// The system's interpreter; `ServerTools` has another one with packages of PyPI.
  public static let systems = "/usr/bin/python3"

  /// The interpreter, when it is installed and knows the module. CI must have it: Tests/run.sh installs it.
  public static func isThere(with module: String = "sys", interpreter: String = systems) -> Bool {
    // Any failure means that it is not there.
    if (try? run("import \(module)", on: [], interpreter: interpreter)) != nil { return true }
    precondition(ProcessInfo.processInfo.environment["CI"] != "true", "python3 with \(module) is missing")
    return false
  }

  /// What the script prints, a line for each; it reads the inputs as lines of hexadecimal digits.
  public static func run(
    _ script: String, on inputs: [[UInt8]], interpreter: String = systems
  ) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "reference-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }  // left to the system's cleaning of /tmp
    let lines = inputs.map { hexadecimal($0) + "\n" }.joined()
    try Data(lines.utf8).write(to: folder.appendingPathComponent("inputs"))
    try Data().write(to: folder.appendingPathComponent("outputs"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: interpreter)
    process.arguments = ["-c", "import sys\ninputs = [bytes.fromhex(l) for l in sys.stdin]\n" + script]
    process.standardInput = FileHandle(forReadingAtPath: folder.path + "/inputs")
    process.standardOutput = FileHandle(forWritingAtPath: folder.path + "/outputs")
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "python3: \(process.terminationStatus)")
    }
    let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent("outputs")), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
