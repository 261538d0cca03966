import Kind

extension PostgresConnection {
  /// `postgresql://user:password@host:port,host:port/database?key=value`, each part percent-decoded, as libpq has it.
  static func parse(uri: String, scheme: String) -> Result<PostgresConnection, ConnectionFault> {
    var parser = PostgresURI(uri.dropFirst(scheme.count), scheme: scheme)
    guard parser.read() else { return .failure(parser.fault) }
    return .success(PostgresConnection(parser.pairs, masked: parser.masked, written: parser.written))
  }
}

/// Takes such a URI apart. Libpq and those who write by hand disagree about user information with characters that
/// separate the other parts, so it must not hold them: it is refused, and nothing of it is shown or asked of DNS.
private struct PostgresURI {
  private(set) var pairs: [(keyword: String, value: String)] = []
  private(set) var masked: String
  /// Passwords as they are written.
  private(set) var written: [String] = []
  private(set) var fault = ConnectionFault(
    "must have @, /, ?, # and % of its user and password written as %40, %2F, %3F, %23, %25")
  private let rest: Substring

  init(_ rest: Substring, scheme: String) {
    self.rest = rest
    masked = scheme
  }

  mutating func read() -> Bool {
    let authority = rest.prefix { !"/?#".contains($0) }
    let tail = rest.dropFirst(authority.count)
    let path = tail.prefix { $0 != "?" }
    guard tail.first != "#", !path.contains("@"), !path.contains("#") else { return false }
    var places = authority[...]
    if let at = authority.firstIndex(of: "@") {
      guard readUser(authority[..<at]) else { return false }
      places = authority[authority.index(after: at)...]
    }
    return readHosts(places) && readPath(path) && readQuery(tail.dropFirst(path.count))
  }

  /// Nil for what holds a `%` that is no escape, a NUL, or no UTF-8.
  private func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), value != 0
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private mutating func readUser(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let user = decoded(parts[0]), let password = decoded(parts.count == 2 ? parts[1] : "") else {
      return false
    }
    if !user.isEmpty { pairs.append(("user", user)) }
    masked += parts[0]
    if parts.count == 2, !password.isEmpty {
      pairs.append(("password", password))
      written.append(String(parts[1]))
      masked += ":***"
    }
    masked += "@"
    return true
  }

  /// `host`, `host:port`, `[::1]:port`, several with commas between them.
  private mutating func readHosts(_ text: Substring) -> Bool {
    guard !text.contains("@") else { return false }
    var hosts: [String] = []
    var ports: [String] = []
    for place in text.split(separator: ",", omittingEmptySubsequences: false) {
      var host = place.prefix { $0 != ":" }
      var port = place.dropFirst(host.count)
      if place.hasPrefix("[") {
        guard let close = place.firstIndex(of: "]") else { return false }
        host = place[place.index(after: place.startIndex)..<close]
        port = place[place.index(after: close)...]
      }
      // A port of anything but digits is the first part of a password.
      guard port.isEmpty || port.first == ":", let name = decoded(host),
        port.dropFirst().utf8.allSatisfy({ (48...57).contains($0) })
      else {
        if rest.contains("@"), masked.hasSuffix("@") {
          fault = ConnectionFault("must name hosts, and a port of 1...65535 behind each if any")
        }
        return false
      }
      hosts.append(name)
      ports.append(String(port.dropFirst()))
    }
    masked += text
    if hosts.contains(where: { !$0.isEmpty }) { pairs.append(("host", hosts.joined(separator: ","))) }
    if ports.contains(where: { !$0.isEmpty }) { pairs.append(("port", ports.joined(separator: ","))) }
    return true
  }

  private mutating func readPath(_ text: Substring) -> Bool {
    guard let name = decoded(text.dropFirst()) else { return false }
    if !name.isEmpty { pairs.append(("dbname", name)) }
    masked += text
    return true
  }

  private mutating func readQuery(_ text: Substring) -> Bool {
    guard !text.isEmpty else { return true }
    var shown: [String] = []
    for parameter in text.dropFirst().split(separator: "&", omittingEmptySubsequences: false) {
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let keyword = pair.first.flatMap(decoded), pair.count == 2, let value = decoded(pair[1]) else {
        // libpq takes `?` alone, and nothing else without a value.
        guard text.count == 1 else { return false }
        break
      }
      let isHarmless = PostgresKeyword.isHarmless(keyword)
      // Of a keyword that no libpq knows it may be the end of a password and the host behind it.
      guard isHarmless || PostgresKeyword.isSecret(keyword) || !parameter.contains("@") else { return false }
      shown.append(isHarmless || value.isEmpty ? String(parameter) : "\(pair[0])=***")
      if PostgresKeyword.isSecret(keyword) { written.append(String(pair[1])) }
      // As JDBC writes it.
      pairs.append(keyword == "ssl" && value == "true" ? ("sslmode", "require") : (keyword, value))
    }
    masked += "?" + shown.joined(separator: "&")
    return true
  }
}
