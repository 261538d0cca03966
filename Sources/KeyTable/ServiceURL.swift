import MissionCore

/// The URL of an HTTP service, without a user and without a fragment.
public struct ServiceURL: Hashable, Sendable, CustomStringConvertible {
  /// As written, without slashes at its end.
  public let text: String
  /// Lower case, without the brackets of an IPv6 address.
  public let host: String
  public let isPlainHTTP: Bool
  /// Whether the host is an IP address.
  public let isAddress: Bool
  private let queryStart: Int?

  package static let unset = ServiceURL(
    text: "", host: "", isPlainHTTP: false, isAddress: false, queryStart: nil)

  /// Whether requests stay on this machine.
  public var isLoopback: Bool {
    host == "localhost" || host == "::1" || (isAddress && host.hasPrefix("127."))
  }

  /// For people: a query may hold a token.
  public var maskedText: String {
    guard let queryStart else { return text }
    return "\(text.prefix(queryStart))?***"
  }

  public var description: String { maskedText }

  /// Scheme, host and port; what follows is a secret where a URL itself gives access.
  public var origin: String {
    let authorityStart = text.range(after: "://")
    let end = text[authorityStart...].firstIndex { "/?".contains($0) } ?? text.endIndex
    return String(text[..<end])
  }

  public var port: Int {
    HostAndPort(Substring(origin)[origin.range(after: "://")...])?.port ?? (isPlainHTTP ? 80 : 443)
  }

  /// The URL as a whole and what follows its origin, for a `Redactor`.
  package var secrets: [Secret] {
    let tail = text.dropFirst(origin.count).drop { $0 == "/" }
    return tail.isEmpty ? [] : [Secret(text), Secret(String(tail))]
  }

  /// What `maskedText` leaves out.
  package var querySecrets: [Secret] {
    guard let queryStart else { return [] }
    let query = String(text.dropFirst(queryStart + 1))
    // A server may repeat a value alone; a short one is a word rather than a token.
    let values = query.split(separator: "&").compactMap { pair in
      pair.firstIndex(of: "=").map { String(pair[pair.index(after: $0)...]) }
    }
    return [Secret(query)] + values.filter { $0.utf8.count >= 8 }.map { Secret($0) }
  }

  /// For a URL that gives access by itself.
  package var secretText: String { secrets.isEmpty ? text : origin + "/***" }

  /// Why a text is not such a URL; never holds any of it.
  package struct Fault: Error {
    package let rule: Message
    package init(_ rule: Message) { self.rule = rule }
  }

  /// - Parameter userSignAllowed: whether `@` may stand in the path, as it does in addresses of some chats.
  package static func parse(
    _ text: String, queryAllowed: Bool = false, userSignAllowed: Bool = false
  ) -> Result<ServiceURL, Fault> {
    let lower = text.lowercased()
    guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else {
      return .failure(Fault("must be an http:// or https:// URL"))
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else {
      return .failure(Fault("must be a URL of plain characters; others are written as %XX"))
    }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    if authority.contains("@") {
      return .failure(Fault("must not hold a user or password"))
    }
    // Behind a slash or a question mark it may still be what ends a user and a password.
    if !userSignAllowed, text.contains("@") {
      return .failure(Fault("must not hold a user or password; another @ is written as %40"))
    }
    if text.contains("#") || (text.contains("?") && !queryAllowed) {
      return .failure(Fault(queryAllowed ? "must not hold a fragment" : "must not hold a query or fragment"))
    }
    guard let place = HostAndPort(authority) else {
      return .failure(Fault("must name a host, and a port of 1...65535 if any"))
    }
    var kept = Substring(text)
    if !text.contains("?") { while kept.hasSuffix("/") { kept = kept.dropLast() } }
    let query = kept.firstIndex(of: "?").map { kept.distance(from: kept.startIndex, to: $0) }
    return .success(
      ServiceURL(
        text: String(kept), host: place.host, isPlainHTTP: scheme == "http://", isAddress: place.isAddress,
        queryStart: query))
  }
}

extension String {
  /// Where the first `separator` ends, or the start without one.
  fileprivate func range(after separator: String) -> Index {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(separator) { return rest.dropFirst(separator.count).startIndex }
      rest = rest.dropFirst()
    }
    return startIndex
  }
}

/// `host`, `host:port`, `[::1]:port`.
package struct HostAndPort {
  /// Lower case, without brackets.
  package let host: String
  package let port: Int?
  package let isAddress: Bool

  /// Whether it is this machine.
  package var isLoopback: Bool {
    host == "localhost" || host == "::1" || (isAddress && host.hasPrefix("127."))
  }

  package init?(_ authority: Substring) {
    let hostText: Substring
    let portText: Substring?
    if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
      hostText = authority[authority.index(after: authority.startIndex)..<close]
      let tail = authority[authority.index(after: close)...]
      guard tail.isEmpty || tail.hasPrefix(":") else { return nil }
      portText = tail.isEmpty ? nil : tail.dropFirst()
      guard hostText.contains(":"), hostText.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return nil
      }
      isAddress = true
    } else {
      let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      hostText = parts.first ?? ""
      portText = parts.count == 2 ? parts[1] : nil
      guard !hostText.isEmpty, hostText.utf8.count <= 253, !hostText.hasPrefix("."),
        hostText.utf8.allSatisfy({ TextRule.isAlphanumeric($0) || ".-_".utf8.contains($0) })
      else { return nil }
      let numbers = hostText.split(separator: ".", omittingEmptySubsequences: false)
      isAddress = numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
    }
    if let portText {
      guard portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(portText),
        (1...65_535).contains(number)
      else { return nil }
      port = number
    } else {
      port = nil
    }
    host = hostText.lowercased()
  }
}
