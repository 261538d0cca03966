import MissionCore
import Terminal

/// Options that several commands take.
extension CommandTable {
  static var common: [OptionSpec] {
    [
      .value("config", "FILE", "the configuration (default config.yaml)") {
        options, text, _ throws(ValueProblem) in
        options.common.configPath = try OptionReading.path(text)
      },
      .value(
        "output", "FORMAT", "text or json (default text); list also csv", choices: ["text", "json", "csv"]
      ) {
        options, text, _ throws(ValueProblem) in
        options.common.output = try OptionReading.choice(text, of: OutputFormat.self)
      },
      .flag("quiet", "only warnings and errors on standard error") { $0.common.isQuiet = true },
      .flag("verbose", "more on standard error") { $0.common.isVerbose = true },
      .value(
        "log-format", "FORMAT", "log lines as text or json (default text)",
        choices: LogFormat.allCases.map(\.rawValue)
      ) {
        options, text, _ throws(ValueProblem) in
        options.common.logFormat = try OptionReading.choice(text, of: LogFormat.self)
      },
      .value(
        "color", "WHEN", "auto, always or never (default auto; NO_COLOR is honoured)",
        choices: ColorChoice.allCases.map(\.rawValue)
      ) {
        options, text, _ throws(ValueProblem) in
        options.common.color = try OptionReading.choice(text, of: ColorChoice.self)
      },
      .value(
        "locale", "LOCALE", "en or pt-BR (default configuration, then environment)", choices: ["en", "pt-BR"]
      ) {
        options, text, _ throws(ValueProblem) in
        guard ["en", "pt-BR", "pt"].contains(text) else {
          throw ValueProblem(mustBe: "en or pt-BR", got: text)
        }
        options.common.locale = text
      },
    ]
  }

  /// What `run` and `plan` choose by what missions scrape.
  static var selection: [OptionSpec] { selectionOptions({ $0.run.selection }, { $0.run.selection = $1 }) }

  static var listSelection: [OptionSpec] {
    selectionOptions({ $0.list.selection }, { $0.list.selection = $1 })
  }

  static var verifySelection: [OptionSpec] {
    selectionOptions({ $0.verify.selection }, { $0.verify.selection = $1 })
  }

  /// The four options that choose missions by what they scrape, kept where `set` puts them.
  private static func selectionOptions(
    _ get: @escaping @Sendable (OptionValues) -> SelectionOptions,
    _ set: @escaping @Sendable (inout OptionValues, SelectionOptions) -> Void
  ) -> [OptionSpec] {
    [
      .value("from", "D", "missions that start on this day or later: YYYY-MM-DD, today, yesterday, -7d") {
        options, text, context throws(ValueProblem) in
        var selection = get(options)
        selection.from = try OptionReading.day(text, context)
        set(&options, selection)
      },
      .value("to", "D", "missions that end on this day or earlier; relative days are UTC days") {
        options, text, context throws(ValueProblem) in
        var selection = get(options)
        selection.to = try OptionReading.day(text, context)
        set(&options, selection)
      },
      .value("media-type", "T", "all, video or image", choices: MediaType.allCases.map(\.rawValue)) {
        options, text, _ throws(ValueProblem) in
        var selection = get(options)
        selection.mediaType = try OptionReading.choice(text, of: MediaType.self)
        set(&options, selection)
      },
      .value("languages", "L", "missions whose set contains all of these: pt,eng") {
        options, text, _ throws(ValueProblem) in
        var selection = get(options)
        selection.languages = try OptionReading.languages(text)
        set(&options, selection)
      },
    ]
  }

  /// The rest of what makes a run's selection, shared with `plan`.
  static var runSelection: [OptionSpec] {
    [
      .value("only", "ID", "only this mission, by id or its beginning; may be repeated", isRepeatable: true) {
        options, text, _ throws(ValueProblem) in
        options.run.only.append(try OptionReading.mission(text))
      },
      .value(
        "worker", "NAME", "use only this worker of the configuration; may be repeated", isRepeatable: true
      ) {
        options, text, _ throws(ValueProblem) in
        guard !text.isEmpty else { throw ValueProblem(mustBe: "a worker's name", got: text) }
        options.run.workers.append(text)
      },
      .value("limit", "N", "missions to select, at most") { options, text, _ throws(ValueProblem) in
        options.run.limit = try OptionReading.integer(text, in: 1...1_000_000_000)
      },
      .value(
        "order", "ORDER", "by date, oldest or newest first (default oldest); priority comes before",
        choices: MissionOrder.allCases.map(\.rawValue)
      ) {
        options, text, _ throws(ValueProblem) in
        options.run.order = try OptionReading.choice(text, of: MissionOrder.self)
      },
      .flag("retry-failed", "select also FAILED missions of earlier runs, whatever failed") {
        $0.run.retriesFailed = true
      },
      .flag("unlisted", "select also unfinished missions that are in none of the files") {
        $0.run.includesUnlisted = true
      },
      .value("shard", "I/N", "only this part of the missions, from 0: 0/4 to 3/4") {
        options, text, _ throws(ValueProblem) in
        options.run.shard = try OptionReading.shard(text)
      },
      .flag("strict", "stop before any work when a row of a mission file is wrong") {
        $0.run.isStrict = true
      },
    ]
  }
}
