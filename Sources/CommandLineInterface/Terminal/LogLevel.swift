/// How much a log line matters; `--quiet` shows warnings and errors, `--verbose` everything.
enum LogLevel: Int, Comparable, Sendable {
  case debug, info, warning, error

  var name: String {
    switch self {
    case .debug: return "debug"
    case .info: return "info"
    case .warning: return "warn"
    case .error: return "error"
    }
  }

  static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }

  /// The least level that is shown.
  static func least(for options: CommonOptions) -> LogLevel {
    if options.isQuiet { return .warning }
    return options.isVerbose ? .debug : .info
  }
}
