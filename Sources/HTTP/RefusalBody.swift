/// Text of a refusal that is no document of a known form: what a proxy, a gateway or another program says.
package enum RefusalBody {
  /// Bytes that are looked at.
  private static let limit = 16 << 10

  /// Nil when there is nothing to read. It comes from outside and is not cleaned.
  package static func text(of answer: HTTPResponse) -> String? {
    guard case .memory(let body) = answer.body else { return nil }
    let bytes = body.prefix(limit)
    let isMarkup =
      answer.headers["content-type"]?.lowercased().contains("html") == true
      || bytes.first { $0 > 0x20 } == UInt8(ascii: "<")
    let words = isMarkup ? words(of: bytes) : String(decoding: bytes, as: UTF8.self)
    return words.contains { !$0.isWhitespace } ? words : nil
  }

  /// What a browser would show, roughly: every tag a space, no scripts, no styles.
  private static func words(of markup: ArraySlice<UInt8>) -> String {
    var shown: [UInt8] = []
    var rest = markup
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      shown += rest[..<start] + [0x20]
      rest = rest[start...]
      for name in ["script", "style"] where rest.dropFirst().begins(with: name) {
        while !rest.isEmpty, !rest.begins(with: "</" + name) { rest.removeFirst() }
      }
      rest = rest.drop { $0 != UInt8(ascii: ">") }.dropFirst()
    }
    var text = String(decoding: shown + rest, as: UTF8.self)
    for (entity, character) in entities { text = text.replacing(entity, with: character) }
    return text.split { $0.isWhitespace }.joined(separator: " ")
  }

  private static let entities = [
    ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
  ]
}

extension ArraySlice<UInt8> {
  /// Without regard to case; `text` is in lower case.
  fileprivate func begins(with text: String) -> Bool {
    prefix(text.utf8.count).elementsEqual(text.utf8) { $0 == $1 || ($0 >= 65 && $0 <= 90 && $0 | 0x20 == $1) }
  }
}
