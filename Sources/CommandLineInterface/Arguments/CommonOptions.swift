/// Options that every command takes.
struct CommonOptions: Equatable, Sendable {
  var configPath = "config.yaml"
  var output = OutputFormat.text
  var isQuiet = false
  var isVerbose = false
  var logFormat = LogFormat.text
  var color = ColorChoice.auto
  /// Nil takes the configuration's.
  var locale: String?
}

/// How a command writes its answer to standard output; `csv` exists for `list` only.
enum OutputFormat: String, CaseIterable, Sendable {
  case text, json, csv
}

/// How log lines are written to standard error.
enum LogFormat: String, CaseIterable, Sendable {
  case text, json
}

enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
