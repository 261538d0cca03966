extension ConfigurationValue {
  /// Lines of YAML that read back as this value.
  package func yaml(indentation: Int = 0) -> String {
    let margin = String(repeating: " ", count: indentation)
    switch self {
    case .mapping(let pairs):
      return pairs.map { key, value in
        if let word = value.word { return "\(margin)\(key):\(word.isEmpty ? "" : " ")\(word)\n" }
        return "\(margin)\(key):\n\(value.yaml(indentation: indentation + 2))"
      }.joined()
    case .list(let items):
      return items.map { item in
        if let word = item.word { return "\(margin)- \(word)\n" }
        return "\(margin)- " + item.yaml(indentation: indentation + 2).dropFirst(indentation + 2)
      }.joined()
    default: return "\(margin)\(word ?? "")\n"
    }
  }

  /// The value on one line; nil for what needs lines of its own.
  private var word: String? {
    switch self {
    case .text(let text): return Self.quoteIfNeeded(Interpolation.escape(text))
    case .number(let number): return "\(number)"
    case .flag(let flag): return "\(flag)"
    case .token(let token): return token
    case .quoted(let text): return JSONText.quote(Interpolation.escape(text))
    case .secret: return "\"***\""
    case .null: return ""
    case .list(let items): return items.isEmpty ? "[]" : nil
    case .mapping(let pairs): return pairs.isEmpty ? "{}" : nil
    }
  }

  private static func quoteIfNeeded(_ text: String) -> String {
    let startsSafely = text.utf8.first.map { TextRule.isAlphanumeric($0) || "./_".utf8.contains($0) } ?? false
    let isSafe = text.utf8.allSatisfy { TextRule.isAlphanumeric($0) || "._/:@+=-*?%".utf8.contains($0) }
    if startsSafely, isSafe, !text.hasSuffix(":"), text.lowercased() != "null" { return text }
    return JSONText.quote(text)
  }
}
