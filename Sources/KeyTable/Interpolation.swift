import MissionCore

/// A text with its variables filled in.
package struct ResolvedText {
  package let value: String
  /// The variables that were asked for.
  package let names: [String]
  /// Those among them that are empty and have no default.
  package let emptyNames: [String]
}

/// `${NAME}`, `${NAME:-default}` and `$${` inside a text (SPEC 5).
package enum Interpolation {
  /// Why a text cannot be filled in.
  package struct Faults: Error {
    /// What is wrong, one entry a variable; never holds a value.
    package let rules: [Message]
    /// Whether the text is right and only variables are not set.
    package let areOnlyMissing: Bool
  }

  /// A part of a text once its variables are filled in.
  package struct Filled {
    package let text: String
    /// Whether a variable, or its default, brought it.
    package let isVariable: Bool

    package init(text: String, isVariable: Bool) {
      self.text = text
      self.isVariable = isVariable
    }
  }

  /// - Parameter join: makes the text of its parts.
  package static func resolve(
    _ text: String, environment: [String: String],
    join: ([Filled]) -> String = { $0.map(\.text).joined() }
  ) -> Result<ResolvedText, Faults> {
    guard text.contains("$") else { return .success(ResolvedText(value: text, names: [], emptyNames: [])) }
    var parts: [Filled] = []
    var names: [String] = []
    var emptyNames: [String] = []
    var missingNames: [String] = []
    var rules: [Message] = []
    for piece in pieces(of: text) {
      switch piece {
      case .text(let literal): parts.append(Filled(text: literal, isVariable: false))
      case .malformed:
        rules.append("a variable is written ${NAME} or ${NAME:-default}, and $${ for a plain ${")
      case .variable(let name, let fallback):
        names.append(name)
        let found = environment[name]
        if let fallback {
          let text = found.flatMap { $0.isEmpty ? nil : $0 } ?? fallback
          parts.append(Filled(text: text, isVariable: true))
        } else if let found {
          parts.append(Filled(text: found, isVariable: true))
          if found.isEmpty { emptyNames.append(name) }
        } else {
          rules.append("the environment variable \(name) is not set; set it or write ${\(name):-default}")
          missingNames.append(name)
        }
      }
    }
    guard rules.isEmpty else {
      return .failure(Faults(rules: rules, areOnlyMissing: rules.count == missingNames.count))
    }
    return .success(ResolvedText(value: join(parts), names: names, emptyNames: emptyNames))
  }

  /// The variables that a text asks for.
  package static func names(in text: String) -> [String] {
    pieces(of: text).compactMap { if case .variable(let name, _) = $0 { name } else { nil } }
  }

  /// The text as it must be written so that it is taken literally.
  package static func escape(_ text: String) -> String {
    var escaped = ""
    for (index, part) in text.split(separator: "${", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { escaped += "$${" }
      escaped += part
    }
    return escaped
  }

  private enum Piece {
    case text(String)
    case variable(name: String, fallback: String?)
    case malformed
  }

  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      pieces.append(.text(String(rest[..<dollar])))
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        pieces.append(.text("${"))
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        guard let end = rest.firstIndex(of: "}") else { return pieces + [.malformed] }
        pieces.append(variable(rest[rest.index(rest.startIndex, offsetBy: 2)..<end]))
        rest = rest[rest.index(after: end)...]
      } else {
        pieces.append(.text("$"))
        rest = rest.dropFirst()
      }
    }
    return pieces + [.text(String(rest))]
  }

  /// What stands between the braces. Variables do not nest.
  private static func variable(_ inside: Substring) -> Piece {
    let name = inside.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    guard let first = name.first, !first.isNumber else { return .malformed }
    let tail = inside.dropFirst(name.count)
    if tail.isEmpty { return .variable(name: String(name), fallback: nil) }
    guard tail.hasPrefix(":-"), !tail.contains("${") else { return .malformed }
    return .variable(name: String(name), fallback: String(tail.dropFirst(2)))
  }
}
