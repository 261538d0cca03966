import CommandLine
import Runs

/// Files that `run` writes.
extension OptionReading {
  static func reportFile(_ text: String) throws(ValueProblem) -> RunOptions.ReportFile {
    let lower = text.lowercased()
    if lower.hasSuffix(".json") { return RunOptions.ReportFile(path: text, kind: .json) }
    if lower.hasSuffix(".txt") { return RunOptions.ReportFile(path: text, kind: .text) }
    if lower.hasSuffix(".html") { return RunOptions.ReportFile(path: text, kind: .html) }
    throw ValueProblem(mustBe: "a file that ends in .html, .json or .txt", got: text)
  }

  /// node_exporter reads only files that end so, and passes over the temporary one.
  static func metricsFile(_ text: String) throws(ValueProblem) -> String {
    guard text.hasSuffix(".prom"), !text.hasSuffix("/.prom"), text != ".prom", !text.utf8.contains(0) else {
      throw ValueProblem(mustBe: "a file that ends in .prom", got: text)
    }
    return text
  }
}
