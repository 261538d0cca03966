import JSONStream
import URI

/// A mission's parameters by name, sorted by the bytes of the name. Without any it takes no memory of its own: most
/// missions have none, and there are millions.
package struct ParameterValues: Hashable, Sendable {
  /// One parameter.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package let value: ParameterValue

    package init(name: String, value: ParameterValue) {
      self.name = name
      self.value = value
    }
  }

  package let entries: [Entry]

  /// - Parameter entries: in any order, each name once.
  package init(_ entries: [Entry] = []) {
    self.entries =
      entries.count < 2
      ? entries : entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// `conta=42, tipo=reag`, for people; empty without any.
  package var list: String { entries.map { "\($0.name)=\($0.value.text)" }.joined(separator: ", ") }

  // MARK: JSON

  /// One object, `{}` without any: the form in journal, ledger, metadata and mission JSON.
  package var json: String {
    if isEmpty { return "{}" }
    var json = JSONWriter()
    write(to: &json)
    return json.text
  }

  /// `json` where only plain characters may stand, as in an object's metadata.
  package var percentEncodedJSON: String { PercentEncoding.encode(json) }

  /// As an object, in the order of the names.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    for entry in entries {
      json.key(entry.name)
      entry.value.write(to: &json)
    }
    json.endObject()
  }

  /// Reads what `json` wrote; of another hand's text what is no string and no whole number is left out.
  package init(json: String) {
    var json = json
    let entries: [Entry]? = json.withUTF8 { text in
      let bytes = UnsafeRawBufferPointer(text)
      // Only text that is no JSON object gives an error, and then there is nothing to take.
      return try? JSONScanner.members(of: bytes).compactMap { member in
        Self.value(member.value, of: bytes).map { Entry(name: member.key, value: $0) }
      }
    }
    self.init(entries ?? [])
  }

  private static func value(_ value: JSONValue, of bytes: UnsafeRawBufferPointer) -> ParameterValue? {
    switch value.kind {
    case .string: return .text(JSONText.string(bytes, value.range))
    case .number: return JSONText.integer(bytes, value.range).map(ParameterValue.integer)
    default: return nil
    }
  }
}
