/// What the values of a parameter may be.
package enum ParameterType: Hashable, Sendable {
  /// Any text, exactly as it is written.
  case text
  /// At most 18 digits, so that every system's 64 bits hold it.
  case integer
  /// A calendar day.
  case date
  /// One of these, exactly.
  case words([String])

  /// Nil when the text is no value of this type. The text is not empty.
  package func value(of text: String) -> ParameterValue? {
    switch self {
    case .text: return .text(text)
    case .integer: return Self.integer(text).map(ParameterValue.integer)
    case .date: return CalendarDay(text).map { .text("\($0)") }
    case .words(let words): return words.contains { $0.utf8.elementsEqual(text.utf8) } ? .text(text) : nil
    }
  }

  /// `-?[0-9]{1,18}` without leading zeros; `-0` is 0.
  private static func integer(_ text: String) -> Int64? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { return nil }
    return Int64(text)
  }
}
