import MissionCore

/// The log of one run: each line says which.
struct RunLog: Log {
  let log: any Log
  let runID: String

  func write(_ level: LogLevel, _ message: Message) { write(level, message, LogFacts()) }

  func write(_ level: LogLevel, _ message: Message, _ facts: LogFacts) {
    var facts = facts
    facts.runID = runID
    log.write(level, message, facts)
  }

  var showsRoutine: Bool { log.showsRoutine }
}
