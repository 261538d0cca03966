import Foundation

/// Compares text with a file of the tests' folder `Golden/`. With `UPDATE_GOLDEN=1` in the environment it writes the
/// file.
package enum Golden {
  package struct Difference: Error, CustomStringConvertible {
    package let description: String
  }

  package static func expect(_ text: String, _ name: String, test: String = #filePath) throws {
    let file = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard text != expected else { return }
    let (found, wanted) = (
      text.split(separator: "\n", omittingEmptySubsequences: false),
      expected.split(
        separator: "\n", omittingEmptySubsequences: false)
    )
    let line =
      zip(found, wanted).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, wanted.count)
    func shown(_ lines: [Substring]) -> String { line < lines.count ? String(lines[line]) : "(the end)" }
    throw Difference(
      description: "Golden/\(name) differs in line \(line + 1):\n- \(shown(wanted))\n+ \(shown(found))")
  }
}
