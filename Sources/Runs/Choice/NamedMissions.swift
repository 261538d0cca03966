import Configuration
import Journal
import MissionCore
import MissionFiles
import Records

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
    let search = configuration.missionFiles()
    if let reason = search.unreadable.first { throw Self.unknown(reason) }
    for window in WindowRows.all(configuration, now: now) {
      try JournalAccess.streaming { try window.deliver { rows in try note(rows) } }
    }
    let sources = MissionSources(configuration.declaredSources)
    for path in search.files {
      do throws(MissionFileFailure) {
        _ = try MissionFileReader.read(
          path: path, sources: sources, deliver: { rows in try note(rows) }, report: { _ in })
      } catch {
        switch error {
        case .file(let error): throw Self.unknown(error.description)
        case .delivery(let error as JournalError): throw CommandFailure(error)
        case .delivery(let error): throw CommandFailure(.internalError, "\(error)")
        }
      }
    }
  }

  private mutating func note(_ rows: [MissionRow]) throws(JournalError) {
    for mission in try reader.prunable(choice, among: rows.map(\.id), eventsBefore: eventsBefore) {
      guard numbers.insert(Int(mission.number)) else { continue }
      events += mission.events
      oldEvents += mission.oldEvents
    }
  }

  private static func unknown(_ reason: String) -> CommandFailure {
    CommandFailure(
      .inputErrors, "which missions the mission files name is not known, so none is removed: \(said: reason)")
  }
}
