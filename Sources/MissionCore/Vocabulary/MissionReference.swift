/// A mission as a person names it: its id or the beginning of it.
package struct MissionReference: Hashable, Sendable, CustomStringConvertible {
  /// The beginning of the id's text form, lower case, dashes at their places.
  package let prefix: String

  /// Hexadecimal digits in either case, with or without the dashes; nil for anything else.
  package init?(_ text: String) {
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
  package var id: MissionID? { MissionID(prefix) }

  package var description: String { prefix }
}
