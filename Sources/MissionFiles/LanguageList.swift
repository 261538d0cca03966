import MissionCore

/// Sets of languages as people write them: `pt,eng`.
public enum LanguageList {
  public static let accepted: Message = "codes of 2 or 3 letters joined by commas, like pt or pt,eng"

  /// The codes in lower case, sorted, each once; nil when one is not two or three letters.
  public static func parse(_ text: String) -> [String]? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> [String]? {
    var codes: Set<String> = []
    for part in bytes.split(separator: .comma, omittingEmptySubsequences: false) {
      guard part.count == 2 || part.count == 3,
        part.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) })
      else { return nil }
      codes.insert(String(decoding: part.map { $0 | 0x20 }, as: UTF8.self))
    }
    return codes.sorted()
  }
}
