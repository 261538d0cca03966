/// JSON for people: two spaces a level. YAML's double quotes take the same escapes.
enum JSONText {
  static func quote(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        quoted.unicodeScalars.append("\\")
        quoted.unicodeScalars.append(scalar)
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension ConfigurationValue {
  /// The value as indented JSON.
  package func json(indentation: Int = 0) -> String {
    let margin = String(repeating: " ", count: indentation + 2)
    let close = "\n" + String(repeating: " ", count: indentation)
    switch self {
    case .text(let text): return JSONText.quote(text)
    case .number(let number): return "\(number)"
    case .flag(let flag): return "\(flag)"
    case .token(let token): return token
    case .quoted(let text): return JSONText.quote(text)
    case .secret: return "\"***\""
    case .null: return "null"
    case .list(let items):
      if items.isEmpty { return "[]" }
      return "[\n" + items.map { margin + $0.json(indentation: indentation + 2) }.joined(separator: ",\n")
        + close + "]"
    case .mapping(let pairs):
      if pairs.isEmpty { return "{}" }
      let lines = pairs.map { "\(margin)\(JSONText.quote($0)): \($1.json(indentation: indentation + 2))" }
      return "{\n" + lines.joined(separator: ",\n") + close + "}"
    }
  }
}
