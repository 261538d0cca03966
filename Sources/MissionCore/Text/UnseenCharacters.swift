/// What of a person's text cannot be seen when it is shown: a message that leaves it out would call a right value wrong.
package struct UnseenCharacters {
  /// In the order they come, each once.
  package private(set) var names: [Message] = []

  /// A field of a mission file can be 64 KiB long, but nothing accepts a value near this.
  private static let mostRead = 4096

  package init(_ bytes: some Collection<UInt8>) {
    let scalars = Array(String(decoding: bytes.prefix(Self.mostRead), as: UTF8.self).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      if scalar == " " {
        if index == 0 { add("a space at the beginning") }
        if index > 0, index == scalars.count - 1 { add("a space at the end") }
      } else if let name = Self.name(scalar) {
        add(name)
      }
    }
  }

  /// A value as a message shows it: `pt with a space at the end`. What was cleaned away is named, the first of it.
  package static func told(_ value: String, as shown: String) -> Message {
    guard let first = UnseenCharacters(value.utf8).names.first else { return "\(shown)" }
    return shown.isEmpty ? "nothing but \(first)" : "\(shown) with \(first)"
  }

  private mutating func add(_ name: Message) {
    if !names.contains(name) { names.append(name) }
  }

  /// Nil for what is seen.
  private static func name(_ scalar: Unicode.Scalar) -> Message? {
    switch scalar.value {
    case 0x09: return "a tab"
    case 0x0A, 0x0D: return "a line end"
    case 0xA0: return "U+00A0 (a no-break space)"
    case 0x200B: return "U+200B (a zero-width space)"
    case 0xFEFF: return "U+FEFF (a byte order mark)"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "\("U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)"
    default: return nil
    }
  }
}
