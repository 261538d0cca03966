import JSONStream
import MissionCore
import Placeholders

/// A JSON document with places for a mission's values, as a mapping or a list of the configuration writes it.
package indirect enum JSONTemplate: Sendable {
  /// Members in the order of the configuration.
  case object([(name: String, value: JSONTemplate)])
  case array([JSONTemplate])
  case text(Written<Template>)
  /// `true`, `false`, `null` or a number as it is written.
  case token(String)

  /// Every text of it.
  package var texts: [Written<Template>] {
    switch self {
    case .object(let members): return members.flatMap(\.value.texts)
    case .array(let elements): return elements.flatMap(\.texts)
    case .text(let text): return [text]
    case .token: return []
    }
  }

  /// What must not be shown of it, `name` being that of the member whose value it is.
  package func secrets(named name: String = "") -> [Secret] {
    switch self {
    case .object(let members): return members.flatMap { $0.value.secrets(named: $0.name) }
    case .array(let elements): return elements.flatMap { $0.secrets(named: name) }
    case .text(let text): return SecretName.secrets(of: text.value, named: name).map { Secret($0) }
    case .token: return []
    }
  }

  /// The document with its values. A text that is one placeholder and nothing else takes the value's own type: languages
  /// are an array, an integer is a number, any other that is empty is `null`.
  package func write(
    _ values: PlaceholderValues, to json: inout JSONWriter
  ) throws(FillingFault) {
    switch self {
    case .object(let members):
      json.beginObject()
      for member in members {
        json.key(member.name)
        try member.value.write(values, to: &json)
      }
      json.endObject()
    case .array(let elements):
      json.beginArray()
      for element in elements { try element.write(values, to: &json) }
      json.endArray()
    case .token(let token): json.raw(token)
    case .text(let text):
      guard let name = text.value.only else { return json.value(try text.value.filled(values)) }
      guard let value = values[name] else { throw .missing(name) }
      Self.write(value, to: &json)
    }
  }

  private static func write(_ value: PlaceholderValue, to json: inout JSONWriter) {
    switch value {
    case .text(let text): json.value(text.isEmpty ? nil : text)
    case .integer(let integer): json.value(integer)
    case .list(let members):
      json.beginArray()
      for member in members { json.value(member) }
      json.endArray()
    }
  }
}
