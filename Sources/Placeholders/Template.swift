/// A text of the configuration with places for a mission's values: `from {date_start}` (SOURCES 1). `{{` and `}}` are
/// braces. Placeholders are found before `${NAME}` is filled, so nothing that the environment brings is one.
package struct Template: Hashable, Sendable {
  /// Text and placeholders in their order.
  package enum Piece: Hashable, Sendable {
    case text(String)
    /// What a variable of the environment or a file brought: never shown.
    case secret(String)
    /// A name without its braces.
    case placeholder(String)
  }

  package let pieces: [Piece]

  package init(_ pieces: [Piece]) { self.pieces = pieces }

  /// A text without placeholders.
  package init(text: String) { pieces = text.isEmpty ? [] : [.text(text)] }

  /// The names of its placeholders in the order of the text, each as often as it stands there.
  package var names: [String] {
    pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
  }

  /// The name, when the text is one placeholder and nothing else.
  package var only: String? {
    guard pieces.count == 1, case .placeholder(let name) = pieces[0] else { return nil }
    return name
  }

  /// Its own words, those of secrets included.
  package var hasText: Bool { pieces.contains { if case .placeholder = $0 { false } else { true } } }

  /// As it may be shown, `***` for each secret; read as a template it is one with the same placeholders.
  package var shown: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): return Self.escaped(text)
      case .secret: return "***"
      case .placeholder(let name): return "{\(name)}"
      }
    }.joined()
  }

  /// What must not be shown.
  package var secretTexts: [String] {
    pieces.compactMap { if case .secret(let text) = $0 { text } else { nil } }
  }

  /// A `${` that is meant literally keeps its single brace: that of a variable is never a placeholder's.
  private static func escaped(_ text: String) -> String {
    var out = ""
    var previous: Character?
    for character in text {
      out.append(character)
      if (character == "{" && previous != "$") || character == "}" { out.append(character) }
      previous = character
    }
    return out
  }
}
