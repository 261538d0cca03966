import Kind

extension PostgresConnection {
  /// `key = value` pairs; values may stand in single quotes, and `\` takes the next character as it is.
  static func parse(conninfo: String) -> Result<PostgresConnection, ConnectionFault> {
    let fault = ConnectionFault("must be sqlite:PATH, postgresql://… or key=value pairs of libpq")
    var rest = Substring(conninfo)
    var pairs: [(keyword: String, value: String)] = []
    func skipSpace() { rest = rest.drop(while: \.isWhitespace) }
    skipSpace()
    while !rest.isEmpty {
      let key = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
      rest = rest.dropFirst(key.count)
      skipSpace()
      guard !key.isEmpty, rest.popFirst() == "=" else { return .failure(fault) }
      skipSpace()
      guard let value = takeValue(&rest) else { return .failure(fault) }
      pairs.append((String(key), value))
      skipSpace()
    }
    guard !pairs.isEmpty else { return .failure(fault) }
    let masked = pairs.map { pair in
      let isShown = PostgresKeyword.isHarmless(pair.keyword) || pair.value.isEmpty
      return "\(pair.keyword)=\(isShown ? shown(pair.value) : "***")"
    }
    return .success(PostgresConnection(pairs, masked: masked.joined(separator: " ")))
  }

  private static func takeValue(_ rest: inout Substring) -> String? {
    let isQuoted = rest.first == "'"
    if isQuoted { rest.removeFirst() }
    var value = ""
    while let character = rest.first {
      if isQuoted ? character == "'" : character.isWhitespace { break }
      rest.removeFirst()
      if character == "\\" {
        guard let escaped = rest.popFirst() else { return nil }
        value.append(escaped)
      } else {
        value.append(character)
      }
    }
    if isQuoted { guard rest.popFirst() == "'" else { return nil } }
    return value
  }

  private static func shown(_ value: String) -> String {
    if !value.isEmpty, !value.contains(where: { $0.isWhitespace || $0 == "'" || $0 == "\\" }) { return value }
    return quoted(value)
  }
}
