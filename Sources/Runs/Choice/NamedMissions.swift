import Configuration
import Journal
import MissionCore
import MissionFiles

/// Of the missions that were chosen for removal those that files or windows of the configuration name now: they stay
/// (TRUST 1). Streamed, a bit for each mission.
package struct NamedMissions {
  /// Their numbers in the journal.
  package private(set) var numbers = PositionSet()
  /// Events that stay with them.
  package private(set) var events = 0
  /// Those of them from before `eventsBefore`.
  package private(set) var oldEvents = 0

  private let choice: PruneChoice
  private let reader: JournalReader
  private let eventsBefore: Timestamp?

  /// - Parameter eventsBefore: the moment before which events of missions that stay are to be removed.
  /// - Throws: when a file cannot be read: what it names is not known then, and nothing may be removed.
  package init(
    among choice: PruneChoice, eventsBefore: Timestamp? = nil, _ configuration: Configuration,
    _ reader: JournalReader, now: Timestamp
  ) throws(CommandFailure) {
    self.choice = choice
    self.reader = reader
    self.eventsBefore = eventsBefore
    // The files are read only when something would go.
    guard try JournalAccess.failing({ () throws(JournalError) in try reader.hasPrunable(choice) }) else {
      return
    }
    let search = configuration.missionFiles()
    var intake = MissionIntake(MissionSources(configuration.declaredSources)) { _ in }
    for line in search.unreadable { intake.refuse(line) }
    for path in search.files where KeptInputs.canBeReadOnce(path) {
      intake.refuse("\(path) can be read only once")
    }
    if intake.firstRefusal == nil {
      let named = MissionFileChoice(
        files: search.files, windows: WindowRows.all(configuration, now: now))
      try intake.stream(named) { batch in try note(batch.rows) }
    }
    if let reason = intake.firstRefusal {
      throw CommandFailure(
        .inputErrors,
        "which missions the mission files name is not known, so none is removed: \(reason)")
    }
  }

  private mutating func note(_ rows: [MissionRow]) throws(JournalError) {
    for mission in try reader.prunable(choice, among: rows.map(\.id), eventsBefore: eventsBefore) {
      guard numbers.insert(Int(mission.number)) else { continue }
      events += mission.events
      oldEvents += mission.oldEvents
    }
  }
}
