import JSONStream

/// Why a result that was taken is not trusted: `suspicious` of mission JSON.
public struct Suspicion: Hashable, Sendable {
  /// How the result differs from those before it.
  public enum Kind: String, CaseIterable, Sendable {
    /// No record where there always were some.
    case empty
    /// Far fewer than there always were.
    case thin
  }

  public let kind: Kind
  /// Records that its like had.
  public let expected: Int
  /// Records that it has.
  public let got: Int
  /// Scrapes that were compared: 1, or 2 with a second look.
  public let looks: Int

  public init(kind: Kind, expected: Int, got: Int, looks: Int) {
    self.kind = kind
    self.expected = expected
    self.got = got
    self.looks = looks
  }

  /// `{kind, expected, got, looks}`.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("kind")
    json.value(kind.rawValue)
    json.key("expected")
    json.value(expected)
    json.key("got")
    json.value(got)
    json.key("looks")
    json.value(looks)
    json.endObject()
  }

  package var json: String {
    var json = JSONWriter()
    write(to: &json)
    return json.text
  }

  /// Reads what `json` wrote; nil for anything else.
  package init?(json: String) {
    var text = json
    let found: Suspicion? = text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      // It is our own writing; of anything else nothing is taken.
      guard let members = try? JSONScanner.members(of: bytes) else { return nil }
      var (kind, numbers) = (Kind?.none, [String: Int]())
      for member in members {
        if member.key == "kind" { kind = Kind(rawValue: JSONText.string(bytes, member.value.range)) }
        if member.value.kind == .number {
          numbers[member.key] = JSONText.integer(bytes, member.value.range).map { Int($0) }
        }
      }
      guard let kind, let expected = numbers["expected"], let got = numbers["got"] else { return nil }
      return Suspicion(kind: kind, expected: expected, got: got, looks: numbers["looks"] ?? 1)
    }
    guard let found else { return nil }
    self = found
  }

  /// The members of its event.
  package var details: EventDetails {
    [
      ("kind", .text(kind.rawValue)), ("expected", .integer(Int64(expected))), ("got", .integer(Int64(got))),
      ("looks", .integer(Int64(looks))),
    ]
  }
}
