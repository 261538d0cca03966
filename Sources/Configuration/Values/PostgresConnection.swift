import MissionCore

/// A connection string of libpq, which reads it itself; only the passwords are looked for here.
public struct PostgresConnection: Sendable {
  /// What libpq is given.
  public let text: Secret
  public let maskedText: String
  public let passwords: [Secret]

  private static let passwordKeys: Set<String> = ["password", "sslpassword"]

  /// `postgresql://user:password@host:port/database?key=value`.
  static func parse(uri: String, scheme: String) -> Result<PostgresConnection, ConnectionString.Fault> {
    let rest = uri.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    let tail = rest.dropFirst(authority.count)
    let path = tail.prefix { $0 != "?" }
    if path.contains("@") {
      return .failure(
        ConnectionString.Fault("must have /, ?, # and @ of its password written as %2F, %3F, %23, %40"))
    }
    var passwords: [Secret] = []
    var masked = scheme
    if let at = authority.lastIndex(of: "@") {
      let user = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      masked += user[0]
      if user.count == 2, !user[1].isEmpty {
        passwords += secrets(encoded: user[1])
        masked += ":***"
      }
      masked += authority[at...]
    } else {
      masked += authority
    }
    masked += path
    masked += maskQuery(tail.dropFirst(path.count), &passwords)
    return .success(PostgresConnection(text: Secret(uri), maskedText: masked, passwords: passwords))
  }

  private static func maskQuery(_ query: Substring, _ passwords: inout [Secret]) -> String {
    guard !query.isEmpty else { return "" }
    let parameters = query.dropFirst().split(separator: "&", omittingEmptySubsequences: false)
    let masked = parameters.map { parameter -> String in
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, passwordKeys.contains(decode(pair[0])), !pair[1].isEmpty else {
        return String(parameter)
      }
      passwords += secrets(encoded: pair[1])
      return "\(pair[0])=***"
    }
    return "?" + masked.joined(separator: "&")
  }

  /// The password as it is written and as the server hears it.
  private static func secrets(encoded text: Substring) -> [Secret] {
    let decoded = decode(text)
    return decoded == text ? [Secret(decoded)] : [Secret(String(text)), Secret(decoded)]
  }

  private static func decode(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
        rest.count >= 2
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `key = value` pairs; values may stand in single quotes, and `\` takes the next character as it is.
  static func parse(conninfo: String) -> Result<PostgresConnection, ConnectionString.Fault> {
    let fault = ConnectionString.Fault("must be sqlite:PATH, postgresql://… or key=value pairs of libpq")
    var rest = Substring(conninfo)
    var masked: [String] = []
    var passwords: [Secret] = []
    func skipSpace() { rest = rest.drop(while: \.isWhitespace) }
    skipSpace()
    while !rest.isEmpty {
      let key = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
      rest = rest.dropFirst(key.count)
      skipSpace()
      guard !key.isEmpty, rest.popFirst() == "=" else { return .failure(fault) }
      skipSpace()
      guard let value = takeValue(&rest) else { return .failure(fault) }
      if passwordKeys.contains(String(key)), !value.isEmpty {
        passwords.append(Secret(value))
        masked.append("\(key)=***")
      } else {
        masked.append("\(key)=\(quote(value))")
      }
      skipSpace()
    }
    guard !masked.isEmpty else { return .failure(fault) }
    return .success(
      PostgresConnection(
        text: Secret(conninfo), maskedText: masked.joined(separator: " "), passwords: passwords))
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

  private static func quote(_ value: String) -> String {
    if !value.isEmpty, !value.contains(where: { $0.isWhitespace || $0 == "'" || $0 == "\\" }) { return value }
    var quoted = "'"
    for character in value {
      if character == "'" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "'"
  }
}
