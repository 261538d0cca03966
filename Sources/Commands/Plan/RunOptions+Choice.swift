import CommandLine
import MissionCore
import Runs

/// What `run` and `plan` choose missions by.
extension RunOptions: CommandOptions {
  static var choice: [OptionSpec<RunOptions>] {
    SelectionOptions.specs(at: \RunOptions.selection) + [
      .value("only", "ID", "only this mission, by id or its beginning; may be repeated", isRepeatable: true) {
        options, text, _ throws(ValueProblem) in
        options.only.append(try OptionReading.mission(text))
      },
      .value(
        "worker", "NAME", "use only this worker of the configuration; may be repeated", isRepeatable: true
      ) {
        options, text, _ throws(ValueProblem) in
        guard !text.isEmpty else { throw ValueProblem(mustBe: "a worker's name", got: text) }
        options.workers.append(text)
      },
      .value("limit", "N", "missions to select, at most") { options, text, _ throws(ValueProblem) in
        options.limit = try OptionReading.integer(text, in: 1...1_000_000_000)
      },
      .value(
        "order", "ORDER", "by date, oldest or newest first (default oldest); priority comes before",
        choices: MissionOrder.allCases.map(\.rawValue)
      ) {
        options, text, _ throws(ValueProblem) in
        options.order = try OptionReading.choice(text, of: MissionOrder.self)
      },
      .flag("retry-failed", "select also FAILED missions of earlier runs, whatever failed") {
        $0.retriesFailed = true
      },
      .flag("unlisted", "select also unfinished missions that are in none of the files") {
        $0.includesUnlisted = true
      },
      .flag("due", "only missions of schedules: of slots that are due, and unfinished ones of earlier slots")
      {
        $0.isDue = true
      },
      .flag("strict", "stop before any work when a row of a mission file is wrong") { $0.isStrict = true },
    ]
  }

  /// The arguments are mission files.
  mutating func take(_ arguments: [String], _ common: CommonOptions) throws(UsageError) {
    try selection.requireRange()
    shard = common.shard
    if let empty = arguments.first(where: \.isEmpty) {
      throw UsageError("a mission file must have a name, got \(UntrustedText.quoted(empty))")
    }
    files = arguments
    guard isDue else { return }
    if !files.isEmpty { throw UsageError("--due takes no mission files") }
    if !only.isEmpty { throw UsageError("--due and --only exclude each other") }
    if includesUnlisted { throw UsageError("--due and --unlisted exclude each other") }
  }
}
