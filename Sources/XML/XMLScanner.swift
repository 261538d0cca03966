/// Finds the tags of a server's XML, one after the other; comments, declarations and attributes are passed over.
///
/// The text comes from outside. Nothing is expanded but the five named entities and characters by their number, nothing
/// nests in memory, and what is malformed ends the scan or is left as it stands.
package struct XMLScanner {
  /// A tag that the scan has come to.
  package enum Tag: Equatable {
    /// Names are without their namespace prefix.
    case opening(String)
    case closing(String)
    /// Opened and closed at once.
    case empty(String)
    /// A comment, a declaration.
    case other
  }

  private let bytes: [UInt8]
  private var at = 0

  package init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  /// Nil at the end or where the document breaks off.
  package mutating func nextTag() -> Tag? {
    guard let start = bytes[at...].firstIndex(of: UInt8(ascii: "<")) else { return nil }
    at = start + 1
    if skip(from: "!--", to: "-->") || skip(from: "![CDATA[", to: "]]>") { return .other }
    guard let end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let inside = bytes[at..<end]
    at = end + 1
    guard let first = inside.first else { return .other }
    if first == UInt8(ascii: "!") || first == UInt8(ascii: "?") { return .other }
    if inside.last == UInt8(ascii: "/") { return .empty(Self.name(inside.dropLast())) }
    if first == UInt8(ascii: "/") { return .closing(Self.name(inside.dropFirst())) }
    return .opening(Self.name(inside))
  }

  /// The text up to the next tag, entities decoded.
  package mutating func text(limit: Int) -> String {
    if skip(from: "<![CDATA[", to: "", moving: true) {
      let end = find("]]>", from: at) ?? bytes.count
      defer { at = end }
      return String(decoding: bytes[at..<min(end, at + limit)], as: UTF8.self)
    }
    let end = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
    defer { at = end }
    return Self.decoded(bytes[at..<min(end, at + limit)])
  }

  private mutating func skip(from start: String, to end: String, moving: Bool = false) -> Bool {
    guard bytes[at...].starts(with: start.utf8) else { return false }
    at += start.utf8.count
    if !end.isEmpty { at = find(end, from: at).map { $0 + end.utf8.count } ?? bytes.count }
    return true
  }

  private func find(_ text: String, from start: Int) -> Int? {
    let needle = Array(text.utf8)
    guard bytes.count - needle.count >= start else { return nil }
    return (start...(bytes.count - needle.count)).first {
      bytes[$0..<$0 + needle.count].elementsEqual(needle)
    }
  }

  private static func name(_ inside: ArraySlice<UInt8>) -> String {
    let whole = inside.prefix { $0 > 0x20 }
    let local = whole.lastIndex(of: UInt8(ascii: ":")).map { whole[($0 + 1)...] } ?? whole
    return String(decoding: local.prefix(64), as: UTF8.self)
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var out = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "&") {
      out += rest[..<mark]
      rest = rest[mark...]
      let end = rest.prefix(12).firstIndex(of: ";")
      if let end, let character = character(rest[rest.index(after: mark)..<end]) {
        out.unicodeScalars.append(character)
        rest = rest[rest.index(after: end)...]
      } else {
        out += "&"
        rest = rest.dropFirst()
      }
    }
    return out + rest
  }

  private static func character(_ entity: Substring) -> Unicode.Scalar? {
    switch entity {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard entity.hasPrefix("#") else { return nil }
      let isHex = entity.dropFirst().first == "x"
      return UInt32(entity.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init)
    }
  }
}
