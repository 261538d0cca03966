/// A line that may be typed, and what for.
package struct Example: Sendable {
  let line: String
  let purpose: String

  package init(_ line: String, _ purpose: String) {
    self.line = line
    self.purpose = purpose
  }
}
