import Engine

extension LogLevel {
  var name: String {
    switch self {
    case .debug: return "debug"
    case .info: return "info"
    case .warning: return "warn"
    case .error: return "error"
    }
  }

  /// The least level that is shown: `--quiet` shows warnings and errors, `--verbose` everything.
  static func least(for options: CommonOptions) -> LogLevel {
    if options.isQuiet { return .warning }
    return options.isVerbose ? .debug : .info
  }
}
