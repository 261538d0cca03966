import XML

/// The names in a collection, as a WebDAV server lists them (RFC 4918, 9.1). It comes from outside: what cannot be
/// understood is left out.
struct Multistatus {
  struct Entry: Hashable {
    /// Decoded, without slashes.
    let name: String
    let isCollection: Bool
  }

  /// Bytes that one value may have: a path of 1,024 bytes, each of them escaped, several times over.
  private static let valueLimit = 16 << 10

  private(set) var entries: [Entry] = []

  /// Nil unless the bytes are a whole list.
  ///
  /// - Parameter own: parts of the collection's own path, which is listed too.
  init?(_ body: [UInt8], ofCollection own: [String]) {
    var scanner = XMLScanner(body[...])
    var isWhole = false
    var found: [(parts: [String], isCollection: Bool)] = []
    var path: [String]?
    var isCollection = false
    while let tag = scanner.nextTag() {
      switch tag {
      case .opening("response"): (path, isCollection) = (nil, false)
      case .opening("href") where path == nil: path = Self.parts(of: scanner.text(limit: Self.valueLimit))
      case .opening("collection"), .empty("collection"): isCollection = true
      case .closing("response"): if let path { found.append((path, isCollection)) }
      case .closing("multistatus"), .empty("multistatus"): isWhole = true
      default: continue
      }
    }
    guard isWhole else { return nil }
    // Behind a proxy a server may call itself by another path; then it is the shortest.
    let shortest = found.map(\.parts.count).min() ?? 0
    let isNamed = found.contains { $0.parts == own }
    entries = found.compactMap { parts, isCollection in
      guard isNamed ? parts != own : parts.count > shortest, let name = parts.last else { return nil }
      return Entry(name: name, isCollection: isCollection)
    }
  }

  /// Of a path or a URL.
  static func parts(of href: String) -> [String] {
    var path = href[...]
    for scheme in ["http://", "https://"] where href.lowercased().hasPrefix(scheme) {
      path = href.dropFirst(scheme.count).drop { $0 != "/" }
    }
    return path.split(separator: "/").compactMap { decoded($0) }
  }

  /// Percent-decoded; what is malformed stays as it is. Nil for what is no text.
  private static func decoded(_ part: Substring) -> String? {
    var out: [UInt8] = []
    var rest = part.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        out.append(value)
        rest = rest.dropFirst(2)
      } else {
        out.append(byte)
      }
    }
    return String(validating: out, as: UTF8.self)
  }
}
