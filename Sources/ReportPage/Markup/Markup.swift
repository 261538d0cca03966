import MissionCore

/// HTML that is put together from literals. What is interpolated is escaped, unless it is markup itself: text from
/// outside cannot become an element or an attribute by being forgotten.
struct Markup: ExpressibleByStringInterpolation, Sendable {
  let html: String

  init(html: String) { self.html = html }
  init(stringLiteral value: String) { html = value }
  init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }

  /// Several after each other.
  init(_ parts: [Markup]) { html = parts.map(\.html).joined() }

  struct StringInterpolation: StringInterpolationProtocol {
    var html = ""

    init(literalCapacity: Int, interpolationCount: Int) { html.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { html += literal }
    mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }
    mutating func appendInterpolation(_ number: Int) { html += String(number) }
    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
    mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { html += part.html } }
    /// Nothing when there is none.
    mutating func appendInterpolation(_ markup: Markup?) { html += markup?.html ?? "" }
    /// Text from workers, stores and databases: cleaned before it is escaped.
    mutating func appendInterpolation(untrusted text: String, limit: Int = UntrustedText.excerptLength * 2) {
      html += Markup.escaped(UntrustedText.clean(text, limit: limit))
    }
  }

  /// Safe inside elements and inside quoted attributes.
  static func escaped(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): out += "&amp;".utf8
      case UInt8(ascii: "<"): out += "&lt;".utf8
      case UInt8(ascii: ">"): out += "&gt;".utf8
      case UInt8(ascii: "\""): out += "&quot;".utf8
      case UInt8(ascii: "'"): out += "&#39;".utf8
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
