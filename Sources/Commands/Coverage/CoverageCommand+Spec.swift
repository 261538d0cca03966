import CommandLine
import MissionCore

/// Options of `coverage`.
struct CoverageOptions: CommandOptions, Equatable {
  /// Days that are told of, and whose slices.
  var selection = SelectionOptions()
  /// Mission files that say what is wanted.
  var like: [String] = []
  /// Empty is the configuration's.
  var journals: [String] = []
  /// Asks destination and store as well.
  var checksData = false
  /// Where the mission file goes that repairs what is not there.
  var repairFile: String?
  /// Missions that are looked for in the store at once.
  static let atOnce = 16
}

extension CoverageCommand: MissionCommand {
  static var formats: [OutputFormat] { OutputFormat.allCases }

  static var spec: CommandSpec<CoverageOptions> {
    CommandSpec(
      name: "coverage", arguments: .none,
      summary: "which days are there, and which are not",
      details: [
        """
        Tells for every slice (source, media type, languages, parameters) and every wanted day how it stands: done, \
        empty, suspicious, failed, cancelled, pending, running, missing (no mission covers it) or, with --data, \
        lost (its ledger row or its object is gone). A mission covers each day of its range; of several the \
        best counts. Wanted is what the files of --like name, else what the configuration's mission files \
        name, else each slice from its first day to its last one (or --from and --to).
        """,
        """
        Ends with 0 when every wanted day is done, empty, suspicious or cancelled, and with 1 when one is not, so \
        that cron can ask. --write makes the mission file that repairs exactly that, and the commands to type \
        then are printed.
        """,
      ],
      options: [
        .value("from", "D", "the first day to tell of: YYYY-MM-DD, today, yesterday, -7d") {
          options, text, context throws(ValueProblem) in
          options.selection.from = try OptionReading.day(text, context)
        },
        .value("to", "D", "the last day to tell of") { options, text, context throws(ValueProblem) in
          options.selection.to = try OptionReading.day(text, context)
        },
      ] + SelectionOptions.specs(at: \CoverageOptions.selection).filter { !["from", "to"].contains($0.name) }
        + [
          .values("like", "FILE…", "mission files that say what is wanted") {
            options, text, _ throws(ValueProblem) in
            options.like.append(try OptionReading.path(text))
          },
          .values("journal", "PATH…", "journals to put together, instead of the configuration's") {
            options, text, _ throws(ValueProblem) in
            options.journals.append(try OptionReading.path(text))
          },
          .flag("data", "ask destination and store too: what is done there?") { $0.checksData = true },
          .value("write", "FILE", "write the mission file that repairs what is not there") {
            options, text, _ throws(ValueProblem) in
            options.repairFile = try OptionReading.path(text)
          },
        ],
      examples: [
        .init("mission-control coverage", "which days do I have?"),
        .init("mission-control coverage --write repair.csv", "and what brings the others?"),
        .init(
          "mission-control coverage --data --output html > coverage.html", "looked for outside, as a page"),
        .init(
          "mission-control coverage --journal shard-*/journal.sqlite --like 2025.csv", "of several machines"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout CoverageOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.selection.requireRange()
    options.selection.shard = common.shard?.part
  }
}
