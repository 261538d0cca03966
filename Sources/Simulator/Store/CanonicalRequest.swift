extension SignatureVerifier {
  /// The canonical request: path and query are decoded and encoded again as Amazon encodes them, so that a
  /// client which signs other bytes than those fails here as it does there.
  static func canonicalRequest(
    _ request: Request, _ signedHeaders: [String], payload: String
  ) throws(StoreError) -> String {
    guard let path = PercentCoding.decode(request.path) else { throw StoreError("InvalidURI") }
    var lines = [request.method, PercentCoding.encode(path, keepingSlashes: true)]
    lines.append(try canonicalQuery(request.query))
    for name in signedHeaders { lines.append("\(name):\(canonicalValue(name, request))") }
    lines.append("")
    lines.append(signedHeaders.joined(separator: ";"))
    lines.append(payload)
    return lines.joined(separator: "\n")
  }

  private static func canonicalQuery(_ query: Substring?) throws(StoreError) -> String {
    guard let query, !query.isEmpty else { return "" }
    var pairs: [(name: String, value: String)] = []
    for part in query.split(separator: "&") {
      let pieces = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentCoding.decode(pieces[0]),
        let value = PercentCoding.decode(pieces.count == 2 ? pieces[1] : "")
      else { throw StoreError("InvalidURI") }
      pairs.append((PercentCoding.encode(name), PercentCoding.encode(value)))
    }
    // Encoded text is ASCII, so String's order is the order of its bytes.
    return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
      .joined(separator: "&")
  }

  /// All values of the field, trimmed, runs of blanks made one, joined by commas.
  private static func canonicalValue(_ name: String, _ request: Request) -> String {
    request.fields.filter { $0.name == name }.map { field in
      guard field.value.utf8.contains(32) || field.value.utf8.contains(9) else { return field.value }
      return field.value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }.joined(separator: ",")
  }
}
