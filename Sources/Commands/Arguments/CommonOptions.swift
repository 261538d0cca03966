import Terminal

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
