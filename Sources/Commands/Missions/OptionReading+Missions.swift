import CommandLine
import Configuration
import KeyTable
import MissionCore
import MissionFiles

/// Values that name missions or what belongs to them.
extension OptionReading {
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
        throw ValueProblem(mustBe: Alternatives.text(MissionStatus.allCases.map(\.rawValue)), got: text)
      }
      statuses.append(status)
    }
    return statuses
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

  /// A name that a source can have.
  static func source(_ text: String) throws(ValueProblem) -> String {
    guard TextRule.sourceName(text) == nil else {
      throw ValueProblem(mustBe: "a source's name (a-z, 0-9, _ and -)", got: text)
    }
    return text
  }

  static func shard(_ text: String) throws(ValueProblem) -> MissionFilter.Shard {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = digits(parts[0]), let count = digits(parts[1]), index < count else {
      throw ValueProblem(mustBe: "auto, or I/N with I from 0 to N-1 (0/4 is the first of four)", got: text)
    }
    return MissionFilter.Shard(index: UInt64(index), count: UInt64(count))
  }

  static func mission(_ text: String) throws(ValueProblem) -> MissionReference {
    guard let reference = MissionReference(text) else {
      throw ValueProblem(mustBe: "a mission's id or the beginning of one", got: text)
    }
    return reference
  }
}

extension MissionReference {
  /// Arguments that name missions.
  static func all(_ arguments: [String]) throws(UsageError) -> [MissionReference] {
    var references: [MissionReference] = []
    for argument in arguments {
      do throws(ValueProblem) { references.append(try OptionReading.mission(argument)) } catch {
        throw UsageError("ID \(error.message)")
      }
    }
    return references
  }
}

extension OptionSpec {
  /// `--code`: one code, or all of a hundred; every command that chooses by what failed has it.
  static func codes(at place: WritableKeyPath<Options, [ErrorCode]> & Sendable) -> OptionSpec {
    .value(
      "code", "CODE", "missions that failed with this code: ERROR401, or ERROR4xx for all of 400",
      choices: ErrorCode.allCases.map(\.rawValue)
    ) { options, text, _ throws(ValueProblem) in
      options[keyPath: place] = try OptionReading.codes(text)
    }
  }
}
