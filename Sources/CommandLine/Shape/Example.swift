import MissionCore

/// A line that may be typed, and what for.
package struct Example: Sendable {
  let line: String
  let purpose: Message

  package init(_ line: String, _ purpose: Message) {
    self.line = line
    self.purpose = purpose
  }
}
