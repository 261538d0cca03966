import JSONStream

/// What a source took from its answers because later requests about the same job need it: texts by name, journaled with
/// the job's id.
public struct KeptValues: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  private var values: [String: String] = [:]

  public init() {}

  public init(dictionaryLiteral values: (String, String)...) {
    for (name, value) in values { self.values[name] = value }
  }

  public var isEmpty: Bool { values.isEmpty }
  public var names: [String] { values.keys.sorted() }

  public subscript(name: String) -> String? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// One JSON object, its names in order; nil without any value.
  package var json: String? {
    guard !isEmpty else { return nil }
    var json = JSONWriter()
    json.beginObject()
    for name in names {
      json.key(name)
      json.value(values[name])
    }
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// Reads what `json` wrote; what is none of it is left out.
  package init(json: String) {
    var text = json
    text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      // It is our own writing; of anything else nothing is kept.
      guard let members = try? JSONScanner.members(of: bytes) else { return }
      for member in members where member.value.kind == .string {
        values[member.key] = JSONText.string(bytes, member.value.range)
      }
    }
  }
}
