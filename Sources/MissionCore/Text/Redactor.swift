/// Replaces known secrets in text by `***`, also where a server echoed them (SPEC 12).
public struct Redactor: Sendable {
  /// Secrets shorter than this are not masked inside text: `a` would blacken every word.
  public static let shortestMasked = 4

  private let needles: [String]

  public static let none = Redactor(secrets: [])

  public init(secrets: [Secret]) {
    let texts = secrets.map { $0.reveal() }.filter { $0.utf8.count >= Self.shortestMasked }
    // Longest first, so that a secret that contains another is masked whole.
    needles = Set(texts).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  public func mask(_ text: String) -> String {
    guard !needles.isEmpty else { return text }
    var bytes = Array(text.utf8)
    var changed = false
    for needle in needles { changed = Self.replace(Array(needle.utf8), in: &bytes) || changed }
    return changed ? String(decoding: bytes, as: UTF8.self) : text
  }

  private static func replace(_ needle: [UInt8], in bytes: inout [UInt8]) -> Bool {
    guard bytes.count >= needle.count else { return false }
    var out: [UInt8] = []
    var at = 0
    var changed = false
    while at < bytes.count {
      if bytes[at] == needle[0], at + needle.count <= bytes.count,
        bytes[at..<at + needle.count].elementsEqual(needle)
      {
        out.append(contentsOf: [UInt8](repeating: UInt8(ascii: "*"), count: 3))
        at += needle.count
        changed = true
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    if changed { bytes = out }
    return changed
  }
}
