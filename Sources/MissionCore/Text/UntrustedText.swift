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

  /// The same as words of others inside a message of ours, which no translator touches.
  public static func foreign(_ text: String, limit: Int = excerptLength, masking: Redactor = .none) -> String
  {
    ForeignWords.marked(clean(text, limit: limit, masking: masking))
  }

  public static func foreign(
    bytes: some Collection<UInt8>, limit: Int = excerptLength, masking: Redactor = .none
  ) -> String {
    ForeignWords.marked(clean(bytes: bytes, limit: limit, masking: masking))
  }

  /// A message of ours, for the translator: cleaned and cut as above, the marks around words of others left.
  ///
  /// Secrets are masked in words of others; in ours only those that no sentence of ours can hold by itself, or a secret
  /// that is an ordinary word would be told by the gap that it leaves there.
  public static func message(_ text: String, limit: Int = excerptLength, masking: Redactor = .none) -> String
  {
    let unmistakable = masking.unmistakable
    let cleaned = ForeignWords.mapped(
      text, ours: { unmistakable.mask(strip(unmistakable.mask($0), keeping: ForeignWords.isPlaceholder)) },
      foreign: { ForeignWords.marked(masking.mask(strip(masking.mask($0)) { _ in false })) })
    return cut(cleaned, to: limit)
  }

  /// The same of key and arguments, as long as each argument can be cleaned alone and nothing is cut; else the text
  /// that is left.
  public static func message(_ message: Message, limit: Int = excerptLength, masking: Redactor = .none)
    -> Message
  {
    let text = message.description
    let cleaned = Self.message(text, limit: limit, masking: masking)
    guard cleaned != text else { return message }
    let parts = message.mapped(
      ours: { Self.message($0, limit: limit, masking: masking) },
      foreign: { clean($0, limit: limit, masking: masking) })
    return parts.description == cleaned ? parts : "\(cleaned)"
  }

  /// With words of others cleaned, masked and cut each, as they are before they are kept.
  public static func excerpts(in message: Message, masking: Redactor) -> Message {
    message.mapped(ours: { $0 }, foreign: { clean($0, masking: masking) })
  }

  /// Bytes that are looked at for `limit` scalars.
  private static func looked(_ limit: Int) -> Int { limit * 8 + 4096 }

  private static func clean(whole text: String, limit: Int, masking: Redactor) -> String {
    // Masked twice: what is taken out may have stood inside a secret.
    cut(masking.mask(strip(masking.mask(text)) { _ in false }), to: limit)
  }

  private static func strip(_ text: String, keeping: (Unicode.Scalar) -> Bool) -> String {
    var kept = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        pendingSpace = !kept.isEmpty
        continue
      }
      if isDangerous(scalar), !keeping(scalar) { continue }
      if pendingSpace { kept.append(" ") }
      pendingSpace = false
      kept.append(scalar)
    }
    return String(kept)
  }

  /// Marks do not count: they are not shown.
  private static func cut(_ text: String, to limit: Int) -> String {
    guard text.unicodeScalars.count > limit else { return text }
    guard ForeignWords.plain(text).unicodeScalars.count > limit else { return text }
    var kept = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      if !ForeignWords.isMark(scalar) { count += 1 }
      if count == limit { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }

  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return true
    default: return false
    }
  }
}
