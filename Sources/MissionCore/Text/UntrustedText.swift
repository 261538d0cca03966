/// Makes text from workers, stores and databases fit to show, log and store (SPEC 12).
public enum UntrustedText {
  /// Unicode scalars that an excerpt keeps at the most.
  public static let excerptLength = 200

  /// Without control, escape and bidirectional characters; runs of white space become one space;
  /// secrets masked; cut to `limit` Unicode scalars with `…` (one character can hold any number of them).
  /// Of a long text only the first part is looked at.
  public static func clean(_ text: String, limit: Int = excerptLength, masking: Redactor = .none) -> String {
    // Counting bytes is free, counting scalars is not.
    guard text.utf8.count > looked(limit) else { return clean(whole: text, limit: limit, masking: masking) }
    return clean(bytes: text.utf8, limit: limit, masking: masking)
  }

  /// From raw bytes; invalid UTF-8 is replaced, only the first part is looked at.
  public static func clean(
    bytes: some Collection<UInt8>, limit: Int = excerptLength, masking: Redactor = .none
  ) -> String {
    let part = bytes.prefix(looked(limit))
    let cleaned = clean(whole: String(decoding: part, as: UTF8.self), limit: limit, masking: masking)
    guard part.endIndex != bytes.endIndex, !cleaned.hasSuffix("…") else { return cleaned }
    // Hardly any of it can be shown, so its end is: what stands there may be the first half of a secret.
    let end = cleaned.lastIndex(of: " ") ?? cleaned.startIndex
    return String(cleaned[..<end]) + (end == cleaned.startIndex ? "…" : " …")
  }

  /// Bytes that are looked at for `limit` scalars.
  private static func looked(_ limit: Int) -> Int { limit * 8 + 4096 }

  private static func clean(whole text: String, limit: Int, masking: Redactor) -> String {
    var kept = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in masking.mask(text).unicodeScalars {
      if scalar.properties.isWhitespace {
        pendingSpace = !kept.isEmpty
        continue
      }
      if isDangerous(scalar) { continue }
      if pendingSpace { kept.append(" ") }
      pendingSpace = false
      kept.append(scalar)
    }
    // Again: what was taken out may have stood inside a secret.
    let cleaned = masking.mask(String(kept))
    guard cleaned.unicodeScalars.count > limit else { return cleaned }
    return String(cleaned.unicodeScalars.prefix(limit - 1)) + "…"
  }

  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return true
    default: return false
    }
  }
}
