/// Takes log lines, from any thread. What others said in them was masked where it came in.
package protocol Log: Sendable {
  func write(_ level: LogLevel, _ message: String)
  /// With what a program may look for.
  func write(_ level: LogLevel, _ message: String, _ facts: LogFacts)
  /// Whether anybody sees lines of what happens to every mission.
  var showsRoutine: Bool { get }
}

extension Log {
  package func write(_ level: LogLevel, _ message: String, _ facts: LogFacts) { write(level, message) }
  package var showsRoutine: Bool { false }
}

extension Log {
  /// What only somebody who looks for a fault wants to know.
  package func debug(_ message: String) { write(.debug, message) }
  /// What a person may want to follow.
  package func info(_ message: String) { write(.info, message) }
  /// What a person should look at; the work goes on.
  package func warning(_ message: String) { write(.warning, message) }
  /// What went wrong.
  package func error(_ message: String) { write(.error, message) }
}
