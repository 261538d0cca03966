import MissionCore

/// What a placeholder stands for.
package enum PlaceholderValue: Hashable, Sendable {
  /// Empty for what the mission does not have.
  case text(String)
  case integer(Int64)
  /// In a text its members are joined by commas.
  case list([String])

  package var text: String {
    switch self {
    case .text(let text): return text
    case .integer(let integer): return "\(integer)"
    case .list(let members): return members.joined(separator: ",")
    }
  }

  package var isEmpty: Bool { text.isEmpty }

  package init(_ value: ParameterValue) {
    switch value {
    case .text(let text): self = .text(text)
    case .integer(let integer): self = .integer(integer)
    }
  }
}
