import CommandLine

/// A run as a person names it: its id or the beginning of it, `run-` left out or not.
struct RunReference: Hashable, Sendable, CustomStringConvertible {
  /// The beginning of the id, with `run-`.
  let prefix: String

  /// Nil for text that begins no id.
  init?(_ text: String) {
    let lower = text.lowercased()
    let isPlain = lower.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
    }
    guard isPlain, (1...64).contains(lower.utf8.count) else { return nil }
    let isWhole = lower.hasPrefix(Self.beginning) || Self.beginning.hasPrefix(lower)
    prefix = isWhole ? lower : Self.beginning + lower
  }

  var description: String { prefix }

  /// What every run's id begins with.
  private static let beginning = "run-"

  static func read(_ text: String) throws(ValueProblem) -> RunReference {
    guard let reference = RunReference(text) else {
      throw ValueProblem(mustBe: "a run's id or the beginning of one", got: text)
    }
    return reference
  }
}
