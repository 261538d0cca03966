import KeyTable
import URI

/// Writes what variables bring into a connection string so that it stays one value, whatever characters it has:
/// percent-encoded in the user information and the passwords of a URI, with backslashes in a value of libpq's pairs.
///
/// Elsewhere, and where a variable brings a whole string or several pairs, it stays as it is.
struct ConnectionTemplate {
  private enum Place {
    /// Before anything that tells what it is.
    case start
    /// The user information of a URI, `hasColon` once the password has begun.
    case user(hasColon: Bool)
    /// Behind the user information.
    case uri
    /// In a value of a pair, or where none has begun.
    case value(isQuoted: Bool)
    case between
  }

  private var place = Place.start
  private var written = ""

  /// - Parameter pieces: the text's literal parts, and what each variable brings.
  static func text(of pieces: [Interpolation.Filled]) -> String {
    var template = ConnectionTemplate()
    // User information is what an `@` of the text itself ends.
    let literal = pieces.map { $0.isVariable ? "" : $0.text }.joined(separator: "\0")
    let scheme = ["postgresql://", "postgres://"].first(where: literal.hasPrefix)
    if scheme == nil, literal.contains("://") { return pieces.map(\.text).joined() }
    let hasUser = scheme.map { scheme in
      literal.dropFirst(scheme.count).prefix { !"/?#".contains($0) }.contains("@")
    }
    for (index, piece) in pieces.enumerated() {
      let next = pieces.dropFirst(index + 1).first
      if piece.isVariable {
        template.fill(piece.text, next: next?.text)
      } else {
        template.take(piece.text, hasUser: hasUser)
      }
    }
    return template.written
  }

  private mutating func take(_ text: String, hasUser: Bool?) {
    for character in text {
      written.append(character)
      switch place {
      case .start:
        if let hasUser, written.hasSuffix("://") { place = hasUser ? .user(hasColon: false) : .uri }
        if hasUser == nil, character == "=" { place = .value(isQuoted: false) }
      case .user(let hasColon):
        place = character == "@" ? .uri : .user(hasColon: hasColon || character == ":")
      case .uri: break
      case .between: if character == "=" { place = .value(isQuoted: false) }
      case .value(let isQuoted):
        if isQuoted {
          if character == "'", !written.dropLast().hasSuffix("\\") { place = .between }
        } else if character == "'", written.dropLast().trimmedEnd.hasSuffix("=") {
          place = .value(isQuoted: true)
        } else if character.isWhitespace, !written.trimmedEnd.hasSuffix("=") {
          place = .between
        }
      }
    }
  }

  private mutating func fill(_ text: String, next: String?) {
    switch place {
    case .user(let hasColon):
      // A variable alone may bring both parts.
      let isWhole = !hasColon && written.hasSuffix("://") && next?.hasPrefix("@") == true
      written += PercentEncoding.encode(text, keeping: isWhole ? ":" : "")
    case .uri where written.isBehindSecretKeyword: written += PercentEncoding.encode(text)
    case .value(let isQuoted):
      for character in text {
        if character == "'" || character == "\\" || (!isQuoted && character.isWhitespace) { written += "\\" }
        written.append(character)
      }
      // Or the next pair would be taken for the value.
      if text.isEmpty, !isQuoted, written.hasSuffix("=") { written += "''" }
    case .start, .uri, .between: written += text
    }
  }
}

extension StringProtocol {
  fileprivate var trimmedEnd: SubSequence {
    var text = self[...]
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }

  /// Whether the parameter of a query that is being written is a password.
  fileprivate var isBehindSecretKeyword: Bool {
    guard let start = lastIndex(where: { $0 == "?" || $0 == "&" }) else { return false }
    let pair = self[index(after: start)...].split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return pair.count == 2 && PostgresKeyword.isSecret(String(pair[0]))
  }
}
