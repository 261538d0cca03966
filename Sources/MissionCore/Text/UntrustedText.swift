/// Makes text from workers, stores and databases fit to show, log and store (SPEC 12).
public enum UntrustedText {
  /// Unicode scalars that an excerpt keeps at the most.
  public static let excerptLength = 200

  /// Without control, escape and bidirectional characters; runs of white space become one space;
  /// secrets masked; cut to `limit` Unicode scalars with `…` (one character can hold any number of them).
  public static func clean(_ text: String, limit: Int = excerptLength, masking: Redactor = .none) -> String {
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

  /// From raw bytes; invalid UTF-8 is replaced, only the first part is looked at.
  public static func clean(
    bytes: some Collection<UInt8>, limit: Int = excerptLength, masking: Redactor = .none
  ) -> String {
    clean(String(decoding: bytes.prefix(limit * 8 + 4096), as: UTF8.self), limit: limit, masking: masking)
  }

  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return true
    default: return false
    }
  }
}
