import CommandLine
import MissionCore

extension SelectionOptions: CommandOptions {
  /// The options that choose missions by their source and what they scrape, for options that hold a selection there.
  /// Every command that chooses missions has them, and they are declared here alone.
  static func specs<Whole>(
    at place: WritableKeyPath<Whole, SelectionOptions> & Sendable
  ) -> [OptionSpec<Whole>] {
    specs.map { $0.at(place) }
  }

  /// The names of these options, for messages: `--source, --from …`.
  static var names: String { specs.map { "--\($0.name)" }.joined(separator: ", ") }

  private static var specs: [OptionSpec<SelectionOptions>] {
    [
      .value("source", "NAME", "only missions of this source; may be repeated", isRepeatable: true) {
        options, text, _ throws(ValueProblem) in
        options.sources.append(try OptionReading.source(text))
      },
      .value("from", "D", "missions that start on this day or later: YYYY-MM-DD, today, yesterday, -7d") {
        options, text, context throws(ValueProblem) in
        options.from = try OptionReading.day(text, context)
      },
      .value("to", "D", "missions that end on this day or earlier; relative days are those of time_zone") {
        options, text, context throws(ValueProblem) in
        options.to = try OptionReading.day(text, context)
      },
      .value("media-type", "T", "all, video or image", choices: MediaType.allCases.map(\.rawValue)) {
        options, text, _ throws(ValueProblem) in
        options.mediaType = try OptionReading.choice(text, of: MediaType.self)
      },
      .value("languages", "L", "missions whose set contains all of these: pt,eng") {
        options, text, _ throws(ValueProblem) in
        options.languages = try OptionReading.languages(text)
      },
    ]
  }

  /// Refuses a range that ends before it begins.
  func requireRange() throws(UsageError) {
    if let from, let to, to < from { throw UsageError("--to \(to) is before --from \(from)") }
  }
}
