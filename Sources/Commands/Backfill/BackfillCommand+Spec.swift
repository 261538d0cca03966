import CommandLine
import MissionCore
import MissionFiles

/// Options of `backfill`; days and media type are there once they are read.
struct BackfillOptions: CommandOptions, Equatable {
  /// The range, the media type and the languages of every mission.
  var selection = SelectionOptions()
  var every = Backfill.Step.day
  /// Where to save the CSV; nil prints it.
  var file: String?
}

extension BackfillCommand: MissionCommand {
  static var knowsShards: Bool { false }

  static var spec: CommandSpec<BackfillOptions> {
    CommandSpec(
      name: "backfill", arguments: .none,
      summary: "print a mission CSV for a range of days",
      details: [
        """
        Prints a mission file with one mission per day, week or month from --from to --to, both \
        included, and says on standard error how many. A file that backfill wrote \
        is replaced, any other never.
        """
      ],
      options: SelectionOptions.specs(at: \BackfillOptions.selection).map(ofEveryMission) + [
        .value(
          "every", "PERIOD", "days of one mission: day, week or month (default day)",
          choices: Backfill.Step.allCases.map(\.rawValue)
        ) {
          options, text, _ throws(ValueProblem) in
          options.every = try OptionReading.choice(text, of: Backfill.Step.self)
        },
        .value("write", "FILE", "save it here instead of printing it") {
          options, text, _ throws(ValueProblem) in
          options.file = try OptionReading.path(text)
        },
      ],
      examples: [
        .init(
          """
          mission-control backfill --from 2025-01-01 --to 2025-12-31 --media-type video --languages pt,eng \
          --write missions/2025.csv
          """, "a year, a mission a day")
      ])
  }

  /// The options that choose missions elsewhere say here what every mission has.
  private static func ofEveryMission(_ option: OptionSpec<BackfillOptions>) -> OptionSpec<BackfillOptions> {
    switch option.name {
    case "source": return option.saying("the source of the missions (default: default)", isRequired: false)
    case "from": return option.saying("first day", isRequired: true)
    case "to": return option.saying("last day", isRequired: true)
    case "media-type": return option.saying("all, video or image", isRequired: true)
    case "languages": return option.saying("codes of 2 or 3 letters, comma-separated", isRequired: true)
    default: return option
    }
  }

  static func accept(
    _ arguments: [String], into options: inout BackfillOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.selection.requireRange()
  }
}
