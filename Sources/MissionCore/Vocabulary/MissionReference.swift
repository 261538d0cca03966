/// A mission as a person names it: its id or the beginning of it.
public struct MissionReference: Hashable, Sendable, CustomStringConvertible {
  /// The beginning of the id's text form, lower case, dashes at their places.
  public let prefix: String

  /// Hexadecimal digits in either case, with or without the dashes; nil for anything else.
  public init?(_ text: String) {
    var prefix = ""
    for character in text.lowercased() {
      if character == "-" {
        guard [8, 13, 18, 23].contains(prefix.utf8.count) else { return nil }
        prefix.append("-")
        continue
      }
      guard character.isASCII, character.isHexDigit else { return nil }
      if [8, 13, 18, 23].contains(prefix.utf8.count) { prefix.append("-") }
      prefix.append(character)
    }
    guard (1...36).contains(prefix.utf8.count) else { return nil }
    self.prefix = prefix
  }

  /// The whole id, when that is what was named.
  public var id: MissionID? { MissionID(prefix) }

  public var description: String { prefix }
}
