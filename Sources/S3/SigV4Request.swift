import URI

/// The parts of a request that its signature covers.
struct SigV4Request: Sendable {
  var method: String
  /// Percent-encoded, as it is sent.
  var path: String
  /// Not encoded, in any order.
  var query: [(name: String, value: String)] = []
  /// All fields to be signed, in any order and case.
  var fields: [(name: String, value: String)]
  /// The body's SHA-256, lower-case hex.
  var payloadHash: String

  /// Encoded, sorted by name, then by value, bytewise.
  var canonicalQuery: String {
    guard !query.isEmpty else { return "" }
    let encoded = query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
    return encoded.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
  }

  /// Names in lower case and sorted, the values of a repeated name joined, white space trimmed and runs of
  /// spaces made one.
  var canonicalFields: [(name: String, value: String)] {
    var merged: [(name: String, value: String)] = []
    // The position keeps repeated names in the order they are sent.
    let sorted = fields.enumerated().map {
      (name: $1.name.lowercased(), position: $0, value: Self.trimmed($1.value))
    }
    .sorted { ($0.name, $0.position) < ($1.name, $1.position) }
    for field in sorted {
      if merged.last?.name == field.name {
        merged[merged.count - 1].value += "," + field.value
      } else {
        merged.append((field.name, field.value))
      }
    }
    return merged
  }

  private static func trimmed(_ value: String) -> String {
    guard value.utf8.contains(0x20) || value.utf8.contains(0x09) else { return value }
    return value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
  }
}
