import MissionCore

/// Decides which of the errors that come again and again are still told one by one.
package struct RepeatedErrors: Sendable {
  /// How often an error with the same code is told.
  static let mostTold = 5

  enum Verdict { case told, last, counted }

  private struct Key: Hashable {
    let event: LogFacts.Event?
    let code: ErrorCode
  }

  private var counts: [Key: Int] = [:]

  package init() {}

  /// Everything but errors and warnings of missions is told.
  mutating func take(_ level: LogLevel, _ facts: LogFacts) -> Verdict {
    guard level >= .warning, facts.mission != nil, let code = facts.code else { return .told }
    let count = counts[Key(event: facts.event, code: code), default: 0] + 1
    counts[Key(event: facts.event, code: code)] = count
    return count < Self.mostTold ? .told : count == Self.mostTold ? .last : .counted
  }
}
