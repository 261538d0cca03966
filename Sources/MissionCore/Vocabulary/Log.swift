/// Takes log lines, from any thread. What others said in them was masked where it came in.
public protocol Log: Sendable {
  func write(_ level: LogLevel, _ message: Message)
  /// With what a program may look for.
  func write(_ level: LogLevel, _ message: Message, _ facts: LogFacts)
  /// Whether anybody sees lines of what happens to every mission.
  var showsRoutine: Bool { get }
}

extension Log {
  public func write(_ level: LogLevel, _ message: Message, _ facts: LogFacts) { write(level, message) }
  public var showsRoutine: Bool { false }
}

extension Log {
  /// What only somebody who looks for a fault wants to know.
  public func debug(_ message: Message) { write(.debug, message) }
  /// What a person may want to follow.
  public func info(_ message: Message) { write(.info, message) }
  /// What a person should look at; the work goes on.
  public func warning(_ message: Message) { write(.warning, message) }
  /// What went wrong.
  public func error(_ message: Message) { write(.error, message) }
}
