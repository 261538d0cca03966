import MissionCore

// What is said of a mission while it goes its way.
extension Scheduler {
  /// - Parameter events: written with the change.
  func tell(_ change: MissionChange, _ events: [JournalEvent], of entry: Entry) {
    progress.note(change)
    let state = entry.state
    switch change {
    case .started:
      entry.began = entry.began ?? now
      let kind = events.first?.kind ?? .started
      tellRoutine("mission \(state.id) (\(state.parameters.dateStart)) begins", facts(kind, of: entry))
    case .failed(let code, _, let message):
      tell(
        .error, "mission \(state.id) (\(state.parameters.dateStart)) failed: \(code.rawValue) \(message)",
        facts(.failed, of: entry, code))
    case .retryQueued(let code, let message):
      var facts = facts(.retryQueued, of: entry, code)
      // Of the attempt that failed.
      facts.attempt = state.retryCount
      tell(
        .warning,
        "mission \(state.id) (\(state.parameters.dateStart)) is tried again: \(code.rawValue) \(message)",
        facts)
    case .loadDiscarded:
      tell(
        .warning,
        "mission \(state.id) (\(state.parameters.dateStart)) is loaded again: the destination does not hold its rows",
        facts(.resumed, of: entry))
    // Without an event it is only put off.
    case .firstLookKept(let first?) where !events.isEmpty:
      tell(
        .warning,
        "mission \(state.id) (\(state.parameters.dateStart)) brought \(first.result.adsCount) records where about \(first.expected) were expected: it is scraped once more to be sure",
        facts(.scrapeCompleted, of: entry))
    case .suspected(let suspicion):
      tell(
        .warning,
        "mission \(state.id) (\(state.parameters.dateStart)) is suspicious: \(suspicion.got) records where about \(suspicion.expected) were expected",
        facts(.suspicious, of: entry))
    case .s3Completed:
      tellRoutine("mission \(state.id) (\(state.parameters.dateStart)) is done", facts(.completed, of: entry))
    case .recovered:
      tellRoutine("mission \(state.id) (\(state.parameters.dateStart)) is done", facts(.recovered, of: entry))
    // With a reason it is told already.
    case .cancelled where events.first?.details.isEmpty ?? true:
      tellRoutine(
        "mission \(state.id) (\(state.parameters.dateStart)) is cancelled", facts(.cancelled, of: entry))
    default: break
    }
  }

  func tell(_ level: LogLevel, _ message: Message, _ facts: LogFacts) {
    effects.append(.tell(level, message, facts))
  }

  private func tellRoutine(_ message: @autoclosure () -> Message, _ facts: @autoclosure () -> LogFacts) {
    guard tellsRoutine else { return }
    var facts = facts()
    facts.isRoutine = true
    tell(.info, message(), facts)
  }

  func facts(_ kind: EventKind, of entry: Entry, _ code: ErrorCode? = nil) -> LogFacts {
    let state = entry.state
    var facts = LogFacts(.mission(kind))
    facts.mission = state.id
    facts.source = state.parameters.source
    facts.dateStart = state.parameters.dateStart
    facts.attempt = 1 + state.retryCount
    facts.code = code
    facts.worker = state.lane
    facts.proxy = state.proxy
    facts.seconds = entry.began.map { (now - $0) / .seconds(1) }
    return facts
  }
}
