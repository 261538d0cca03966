import Configuration
import MissionCore
import MissionFiles

/// Reads the values of options. Nothing is guessed or clamped: what is not accepted is refused with what is.
enum OptionReading {
  static let dayAccepted = "a day (YYYY-MM-DD, today, yesterday or -7d for seven days ago)"

  /// Relative days count from the UTC day of the wall clock, so that the same cron line means the same
  /// days on every machine.
  static func day(_ text: String, _ context: ReadingContext) throws(ValueProblem) -> CalendarDay {
    if text == "today" { return context.today }
    if text == "yesterday" { return context.today.adding(days: -1) }
    if text.hasPrefix("-"), text.hasSuffix("d"), let days = digits(text.dropFirst().dropLast()),
      days <= 100_000
    {
      return context.today.adding(days: -days)
    }
    guard let day = CalendarDay(text) else { throw ValueProblem(mustBe: dayAccepted, got: text) }
    return day
  }

  static func integer(_ text: String, in range: ClosedRange<Int>) throws(ValueProblem) -> Int {
    guard let value = digits(text[...]), range.contains(value) else {
      throw ValueProblem(
        mustBe: "a whole number from \(range.lowerBound) to \(range.upperBound)", got: text)
    }
    return value
  }

  /// The case whose raw value is `text`.
  static func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String, of: Choice.Type, except: [Choice] = []
  ) throws(ValueProblem) -> Choice where Choice.RawValue == String {
    let accepted = Choice.allCases.map(\.rawValue).filter { name in !except.contains { $0.rawValue == name } }
    guard accepted.contains(text), let choice = Choice(rawValue: text) else {
      throw ValueProblem(mustBe: alternatives(accepted), got: text)
    }
    return choice
  }

  /// One or more codes of 2 or 3 letters, comma-separated, read without case.
  static func languages(_ text: String) throws(ValueProblem) -> [String] {
    guard let codes = LanguageList.parse(text) else {
      throw ValueProblem(mustBe: LanguageList.accepted, got: text)
    }
    return codes
  }

  /// As the configuration writes durations, but always with a unit and above zero.
  static func duration(_ text: String) throws(ValueProblem) -> Duration {
    guard text.last?.isLetter == true, let duration = DurationText.parse(text), duration > .zero else {
      throw ValueProblem(mustBe: "a duration above 0 with its unit (250ms, 90s, 45m, 1.5h, 1d)", got: text)
    }
    return duration
  }

  static func status(_ text: String) throws(ValueProblem) -> [MissionStatus] {
    var statuses: [MissionStatus] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let status = MissionStatus(rawValue: name.uppercased()) else {
        throw ValueProblem(mustBe: alternatives(MissionStatus.allCases.map(\.rawValue)), got: text)
      }
      statuses.append(status)
    }
    return statuses
  }

  static func code(_ text: String) throws(ValueProblem) -> ErrorCode {
    guard let code = ErrorCode(rawValue: text.uppercased()) else {
      throw ValueProblem(mustBe: "one of the product's codes, as ERROR404", got: text)
    }
    return code
  }

  /// One code, or all of a hundred: `ERROR4xx`.
  static func codes(_ text: String) throws(ValueProblem) -> [ErrorCode] {
    let upper = text.uppercased()
    if upper.utf8.count == 8, upper.hasSuffix("XX") {
      let codes = ErrorCode.allCases.filter { $0.rawValue.hasPrefix(upper.dropLast(2)) }
      if !codes.isEmpty { return codes }
    }
    guard let code = ErrorCode(rawValue: upper) else {
      throw ValueProblem(mustBe: "one of the product's codes, as ERROR404 or ERROR4xx", got: text)
    }
    return [code]
  }

  static func shard(_ text: String) throws(ValueProblem) -> MissionFilter.Shard {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = digits(parts[0]), let count = digits(parts[1]), index < count else {
      throw ValueProblem(mustBe: "I/N with I from 0 to N-1 (0/4 is the first of four)", got: text)
    }
    return MissionFilter.Shard(index: UInt64(index), count: UInt64(count))
  }

  static func mission(_ text: String) throws(ValueProblem) -> MissionReference {
    guard let reference = MissionReference(text) else {
      throw ValueProblem(mustBe: "a mission's id or the beginning of one", got: text)
    }
    return reference
  }

  static func run(_ text: String) throws(ValueProblem) -> RunReference {
    guard let reference = RunReference(text) else {
      throw ValueProblem(mustBe: "a run's id or the beginning of one", got: text)
    }
    return reference
  }

  static func reportFile(_ text: String) throws(ValueProblem) -> RunOptions.ReportFile {
    let lower = text.lowercased()
    if lower.hasSuffix(".json") { return RunOptions.ReportFile(path: text, kind: .json) }
    if lower.hasSuffix(".txt") { return RunOptions.ReportFile(path: text, kind: .text) }
    if lower.hasSuffix(".html") { return RunOptions.ReportFile(path: text, kind: .html) }
    throw ValueProblem(mustBe: "a file that ends in .html, .json or .txt", got: text)
  }

  /// node_exporter reads only files that end so, and passes over the temporary one.
  static func metricsFile(_ text: String) throws(ValueProblem) -> String {
    guard text.hasSuffix(".prom"), !text.hasSuffix("/.prom"), text != ".prom", !text.utf8.contains(0) else {
      throw ValueProblem(mustBe: "a file that ends in .prom", got: text)
    }
    return text
  }

  static func path(_ text: String) throws(ValueProblem) -> String {
    guard !text.isEmpty, !text.utf8.contains(0) else { throw ValueProblem(mustBe: "a file", got: text) }
    return text
  }

  /// Only ASCII digits, no sign; nil when there are none or too many.
  static func digits(_ text: Substring) -> Int? {
    guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  static func alternatives(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }
}
