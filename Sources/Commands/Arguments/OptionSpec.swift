import MissionCore
import MissionFiles

/// One option of the command table: how it is typed, explained and taken over.
struct OptionSpec: Sendable {
  /// Without the dashes.
  let name: String
  /// What stands for the value in the help; nil for a flag.
  let placeholder: String?
  let help: String
  let isRepeatable: Bool
  let isRequired: Bool
  /// Words that shells offer for the value; others may be accepted as well.
  var choices: [String] = []
  /// Takes the value (empty for a flag) over into the options.
  let apply: @Sendable (inout OptionValues, String, ReadingContext) throws(ValueProblem) -> Void

  static func flag(
    _ name: String, _ help: String, set: @escaping @Sendable (inout OptionValues) -> Void
  ) -> OptionSpec {
    OptionSpec(
      name: name, placeholder: nil, help: help, isRepeatable: false, isRequired: false,
      apply: { (values: inout OptionValues, _, _) throws(ValueProblem) in set(&values) })
  }

  static func value(
    _ name: String, _ placeholder: String, _ help: String, isRepeatable: Bool = false,
    isRequired: Bool = false, choices: [String] = [],
    apply: @escaping @Sendable (inout OptionValues, String, ReadingContext) throws(ValueProblem) -> Void
  ) -> OptionSpec {
    OptionSpec(
      name: name, placeholder: placeholder, help: help, isRepeatable: isRepeatable,
      isRequired: isRequired, choices: choices, apply: apply)
  }

  /// As the help shows it: `--limit N`.
  var usage: String { placeholder.map { "--\(name) \($0)" } ?? "--\(name)" }
}

/// What reading a value may depend on.
struct ReadingContext: Sendable {
  /// The day that `today` and `-7d` count from, in UTC.
  let today: CalendarDay
}

/// The options of all commands, filled while the command line is read.
struct OptionValues: Sendable {
  var common = CommonOptions()
  var run = RunOptions()
  var status = StatusOptions()
  var list = ListOptions()
  var retry = RetryOptions()
  var verify = VerifyOptions()
  var check = CheckOptions()
  var report = ReportOptions()
  var prune = PruneOptions()
  /// The range, media type and languages of `backfill`.
  var backfill = SelectionOptions()
  var every = Backfill.Step.day
  var backfillFile: String?
}
