import MissionCore

extension LogLevel {
  /// As log lines show it.
  package var name: String {
    switch self {
    case .debug: return "debug"
    case .info: return "info"
    case .warning: return "warn"
    case .error: return "error"
    }
  }

  /// The least level that is shown: `--quiet` shows warnings and errors, `--verbose` everything.
  package static func least(isQuiet: Bool, isVerbose: Bool) -> LogLevel {
    if isQuiet { return .warning }
    return isVerbose ? .debug : .info
  }
}
