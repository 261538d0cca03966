import MissionCore

/// Reads the values of options. Nothing is guessed or clamped: what is not accepted is refused with what is.
package enum OptionReading {
  /// Relative days count from the one day that the program says, so that the same cron line means the same days on
  /// every machine.
  package static func day(_ text: String, _ context: ReadingContext) throws(ValueProblem) -> CalendarDay {
    guard let reference = DayReference(text) else {
      throw ValueProblem(mustBe: DayReference.accepted, got: text)
    }
    if case .date(let day) = reference { return day }
    return reference.day(today: context.today())
  }

  /// Only digits, no sign.
  package static func integer(_ text: String, in range: ClosedRange<Int>) throws(ValueProblem) -> Int {
    guard let value = digits(text[...]), range.contains(value) else {
      throw ValueProblem(
        mustBe: "a whole number from \(range.lowerBound) to \(range.upperBound)", got: text)
    }
    return value
  }

  /// The case whose raw value is `text`.
  package static func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String, of: Choice.Type
  ) throws(ValueProblem) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else {
      throw ValueProblem(mustBe: Alternatives.text(Choice.allCases.map(\.rawValue)), got: text)
    }
    return choice
  }

  /// A name that a file can have.
  package static func path(_ text: String) throws(ValueProblem) -> String {
    guard !text.isEmpty, !text.utf8.contains(0) else { throw ValueProblem(mustBe: "a file", got: text) }
    return text
  }

  /// Only ASCII digits, no sign; nil when there are none or too many.
  package static func digits(_ text: Substring) -> Int? {
    guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}
