import CommandLine
import Runs
import Terminal

/// Options that every command takes.
struct CommonOptions: CommandOptions, Equatable {
  var configPath = "config.yaml"
  var output = OutputFormat.text
  var isQuiet = false
  var isVerbose = false
  var logFormat = LogFormat.text
  var color = ColorChoice.auto
  /// Which part of the missions, and so which journal; nil is all.
  var shard: ShardChoice?
  /// Nil takes the configuration's.
  var locale: String?

  static var specs: [OptionSpec<CommonOptions>] {
    [
      .value("config", "FILE", "the configuration (default config.yaml)") {
        options, text, _ throws(ValueProblem) in
        options.configPath = try OptionReading.path(text)
      },
      .value(
        "output", "FORMAT", "text or json (default text); list also csv, coverage also csv and html",
        choices: OutputFormat.allCases.map(\.rawValue)
      ) {
        options, text, _ throws(ValueProblem) in
        options.output = try OptionReading.choice(text, of: OutputFormat.self)
      },
      .flag("quiet", "only warnings and errors on standard error") { $0.isQuiet = true },
      .flag("verbose", "more on standard error") { $0.isVerbose = true },
      .value(
        "log-format", "FORMAT", "log lines as text or json (default text)",
        choices: LogFormat.allCases.map(\.rawValue)
      ) {
        options, text, _ throws(ValueProblem) in
        options.logFormat = try OptionReading.choice(text, of: LogFormat.self)
      },
      .value(
        "color", "WHEN", "auto, always or never (default auto; NO_COLOR is honoured)",
        choices: ColorChoice.allCases.map(\.rawValue)
      ) {
        options, text, _ throws(ValueProblem) in
        options.color = try OptionReading.choice(text, of: ColorChoice.self)
      },
      .value(
        "shard", "I/N|auto",
        """
        only this part of the missions, from 0: 0/4 to 3/4; auto takes the engine's, with a \
        journal of its own
        """
      ) { options, text, _ throws(ValueProblem) in
        options.shard = text == "auto" ? .auto : .part(try OptionReading.shard(text))
      },
      .value(
        "locale", "LOCALE", "en or pt-BR (default configuration, then environment)", choices: ["en", "pt-BR"]
      ) {
        options, text, _ throws(ValueProblem) in
        guard ["en", "pt-BR", "pt"].contains(text) else {
          throw ValueProblem(mustBe: "en or pt-BR", got: text)
        }
        options.locale = text
      },
    ]
  }
}

extension CommonOptions {
  /// The words that another command needs to work on the same journal.
  var ofJournal: [String] {
    (shard.map { ["--shard", $0.text] } ?? [])
      + (configPath == "config.yaml" ? [] : ["--config", configPath])
  }
}

/// How a command writes its answer to standard output.
enum OutputFormat: String, CaseIterable, Sendable {
  case text, json, csv, html
}
