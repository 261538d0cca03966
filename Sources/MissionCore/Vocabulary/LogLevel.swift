/// How much a log line matters to a person.
public enum LogLevel: Int, Comparable, Sendable {
  case debug, info, warning, error

  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
