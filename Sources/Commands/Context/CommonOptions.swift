import CommandLine
import Terminal

/// Options that every command takes.
struct CommonOptions: CommandOptions, Equatable {
  var configPath = "config.yaml"
  var output = OutputFormat.text
  var isQuiet = false
  var isVerbose = false
  var logFormat = LogFormat.text
  var color = ColorChoice.auto
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

/// How a command writes its answer to standard output.
enum OutputFormat: String, CaseIterable, Sendable {
  case text, json, csv, html
}
