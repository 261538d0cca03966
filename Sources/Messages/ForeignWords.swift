/// Marks words of others (workers, stores, databases, libraries) inside a message of ours, so that whoever translates
/// the message leaves them alone (`Translator`).
///
/// The marks are two invisible characters that cleaned text cannot hold. Messages carry them inside the program; the
/// journal keeps the plain text and, beside it, which bytes of it are foreign; no output shows a mark.
public enum ForeignWords {
  private static let opening: Unicode.Scalar = "\u{2063}"
  private static let closing: Unicode.Scalar = "\u{2064}"

  /// Whether it stands around words of others and is never shown.
  public static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == opening || scalar == closing }

  /// - Parameter text: already cleaned.
  public static func marked(_ text: String) -> String {
    let words = plain(text)
    return words.isEmpty ? words : "\(opening)\(words)\(closing)"
  }

  /// A message as it is shown or kept.
  public static func plain(_ text: String) -> String {
    // Most texts hold none: both marks begin with these two bytes.
    guard hasMark(text) else { return text }
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: text.unicodeScalars.filter { !isMark($0) })
    return String(kept)
  }

  /// Nil for a text that is not foreign from its beginning to its end.
  static func whole(_ text: String) -> String? {
    let scalars = text.unicodeScalars
    guard scalars.count > 2, scalars.first == opening, scalars.last == closing else { return nil }
    let inside = scalars.dropFirst().dropLast()
    return inside.contains(where: isMark) ? nil : String(inside)
  }

  private static func hasMark(_ text: String) -> Bool {
    text.utf8.contains(0xE2) && text.unicodeScalars.contains(where: isMark)
  }

  /// The message with our words as `ours` makes them and each foreign part as `foreign` does.
  ///
  /// - Parameters:
  ///   - ours: gets the message whole, with a placeholder for each foreign part, which it must keep.
  ///   - foreign: gets a part without its marks.
  public static func mapped(
    _ text: String, ours: (String) -> String, foreign: (String) -> String
  ) -> String {
    guard hasMark(text) else { return ours(text) }
    let (message, parts) = taken(from: text)
    var out = String.UnicodeScalarView()
    for scalar in ours(message).unicodeScalars {
      guard isPlaceholder(scalar) else {
        out.append(scalar)
        continue
      }
      let number = Int(scalar.value - placeholders.lowerBound)
      if number < parts.count { out.append(contentsOf: foreign(parts[number]).unicodeScalars) }
    }
    return String(out)
  }

  /// Private characters, which nothing that is shown can hold.
  private static let placeholders: Range<UInt32> = 0xF_0000..<0xF_FF00

  package static func isPlaceholder(_ scalar: Unicode.Scalar) -> Bool { placeholders.contains(scalar.value) }

  private static func taken(from text: String) -> (message: String, parts: [String]) {
    var (out, part) = (String.UnicodeScalarView(), String.UnicodeScalarView())
    var parts: [String] = []
    var isInside = false
    func end() {
      if isInside, let placeholder = Unicode.Scalar(placeholders.lowerBound + UInt32(parts.count)) {
        out.append(placeholder)
        parts.append(String(part))
      }
      part = String.UnicodeScalarView()
      isInside = false
    }
    for scalar in text.unicodeScalars where !isPlaceholder(scalar) {
      switch scalar {
      case closing: end()
      case opening: isInside = true
      default: if isInside { part.append(scalar) } else { out.append(scalar) }
      }
    }
    // A message that was cut ends inside.
    end()
    return (String(out), parts)
  }

  // MARK: In the journal

  /// Which bytes of the plain text are foreign: `31-54,60-72`; nil when none are.
  public static func places(in text: String) -> String? {
    guard hasMark(text) else { return nil }
    var places: [String] = []
    var (count, start) = (0, 0)
    for scalar in text.unicodeScalars {
      switch scalar {
      case opening: start = count
      case closing: if count > start { places.append("\(start)-\(count)") }
      default: count += UTF8.width(scalar)
      }
    }
    return places.isEmpty ? nil : places.joined(separator: ",")
  }

  /// The marks put back. Places that do not fit the text are passed over: somebody else wrote them.
  public static func marked(_ text: String, at places: String) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var copied = 0
    for place in places.split(separator: ",") {
      let ends = place.split(separator: "-").compactMap { Int($0) }
      guard ends.count == 2, copied <= ends[0], ends[0] < ends[1], ends[1] <= bytes.count else { return text }
      out += bytes[copied..<ends[0]] + Array(String(opening).utf8) + bytes[ends[0]..<ends[1]]
      out += Array(String(closing).utf8)
      copied = ends[1]
    }
    return String(validating: out + bytes[copied...], as: UTF8.self) ?? text
  }
}
