import MissionCore
import URI

/// Why a text could not be filled in.
package enum FillingFault: Error, Hashable, Sendable, MessageConvertible {
  /// The placeholder has no value at this point.
  case missing(String)
  /// The value of the placeholder holds a character that may not stand there.
  case controlCharacter(String)

  package var message: Message {
    switch self {
    case .missing(let name): return "there is no value for {\(name)}"
    case .controlCharacter(let name):
      return "the value of {\(name)} holds a line end or control character, which may not stand there"
    }
  }
}

extension Template {
  /// The text with each value as `encoding` writes it; what is written in the configuration stays as it is.
  package func filled(
    _ values: PlaceholderValues, encoding: (String) -> String = { $0 }
  ) throws(FillingFault) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let part), .secret(let part): text += part
      case .placeholder(let name):
        guard let value = values[name] else { throw .missing(name) }
        text += encoding(value.text)
      }
    }
    return text
  }

  /// For a path: in a value everything but unreserved characters is percent-encoded, so that it stays inside its segment.
  package func path(_ values: PlaceholderValues) throws(FillingFault) -> String {
    let path = try filled(values) { PercentEncoding.encode($0) }
    guard path.contains("/.") else { return path }
    // A segment that a value made `.` or `..` would be another path.
    return path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      segment == "." ? "%2E" : segment == ".." ? "%2E%2E" : String(segment)
    }.joined(separator: "/")
  }

  /// For a query or a form: all of it is percent-encoded.
  package func queryValue(_ values: PlaceholderValues) throws(FillingFault) -> String {
    PercentEncoding.encode(try filled(values))
  }

  /// For a header field or an argument of a program: no value may hold a control character.
  package func line(_ values: PlaceholderValues) throws(FillingFault) -> String {
    for name in names {
      guard let value = values[name] else { throw .missing(name) }
      if value.text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        throw .controlCharacter(name)
      }
    }
    return try filled(values)
  }

  /// Whether it is one placeholder alone whose value is empty: what it stands in is left out.
  package func isLeftOut(_ values: PlaceholderValues) -> Bool {
    only.flatMap { values[$0] }?.isEmpty ?? false
  }
}
