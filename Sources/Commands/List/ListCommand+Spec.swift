import CommandLine
import MissionCore

/// Options of `list`.
struct ListOptions: CommandOptions, Equatable {
  var selection = SelectionOptions()
  var statuses: [MissionStatus] = []
  /// Any of them; empty takes every code.
  var codes: [ErrorCode] = []
  var isSuspicious = false
  var limit = 50
  var offset = 0

  var filter: MissionFilter {
    var filter = selection.filter
    filter.statuses = statuses
    filter.codes = codes
    filter.isSuspicious = isSuspicious
    return filter
  }
}

extension ListCommand: MissionCommand {
  static var formats: [OutputFormat] { [.text, .json, .csv] }

  static var spec: CommandSpec<ListOptions> {
    CommandSpec(
      name: "list", arguments: .none,
      summary: "missions by status, range, media type, languages or code",
      details: ["Lists missions of the journal by date, as a table, JSON or CSV."],
      options: [
        .value(
          "status", "S", "pending, queued, running, done, failed or cancelled; more with commas",
          choices: MissionStatus.allCases.map { $0.rawValue.lowercased() }
        ) {
          options, text, _ throws(ValueProblem) in
          options.statuses = try OptionReading.status(text)
        }
      ] + SelectionOptions.specs(at: \ListOptions.selection) + [
        .codes(at: \.codes),
        .flag("suspicious", "missions whose result is not trusted") { $0.isSuspicious = true },
        .value("limit", "N", "missions to list, at most (default 50)") {
          options, text, _ throws(ValueProblem) in
          options.limit = try OptionReading.integer(text, in: 1...1_000_000_000)
        },
        .value("offset", "N", "missions to pass over first") { options, text, _ throws(ValueProblem) in
          options.offset = try OptionReading.integer(text, in: 0...1_000_000_000)
        },
      ],
      examples: [
        .init("mission-control list --status failed", "what went wrong"),
        .init("mission-control list --suspicious", "what looks wrong"),
        .init("mission-control list --from -30d --output csv --limit 1000 > missions.csv", "for a sheet"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout ListOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.selection.requireRange()
    options.selection.shard = common.shard?.part
  }
}
