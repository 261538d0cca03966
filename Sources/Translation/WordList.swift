/// Names that a sentence lists: `oldest or newest`, `pending, queued or done`, `A and B`.
enum WordList {
  private static let conjunctions = [(" or ", " ou "), (" and ", " e ")]

  /// Nil for what is no list of single names.
  static func text(_ text: String) -> String? {
    for (english, portuguese) in conjunctions {
      let bytes = Array(text.utf8)
      guard let at = SentencePattern.find(Array(english.utf8), in: bytes, from: 0, to: bytes.count) else {
        continue
      }
      let names = String(decoding: bytes[..<at], as: UTF8.self)
      let last = String(decoding: bytes[(at + english.utf8.count)...], as: UTF8.self)
      guard !last.isEmpty, areNames(last), areNames(names) else { return nil }
      return names + portuguese + last
    }
    return nil
  }

  /// Names, each but the last with a comma behind it.
  private static func areNames(_ text: String) -> Bool {
    let names = text.split(separator: " ", omittingEmptySubsequences: false)
    return names.allSatisfy { !$0.isEmpty } && names.dropLast().allSatisfy { $0.hasSuffix(",") }
  }
}
