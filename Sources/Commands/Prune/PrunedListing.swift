import Configuration
import Journal
import MissionCore
import MissionFiles
import Records
import Runs

/// Looks for the missions that `prune` is to remove in the mission files: a run would scrape them again.
struct PrunedListing {
  let reader: JournalReader
  let configuration: Configuration
  let context: CommandContext

  /// What is to be said before the question; nothing when no file names any of them.
  func lines(_ choice: PruneChoice?) throws(CommandFailure) -> [String] {
    guard let choice else { return [] }
    // A bit for each mission: a row may stand in several files.
    var listed = PositionSet()
    let search = configuration.missionFiles()
    var unreadable = search.unreadable.first
    for window in WindowRows.all(configuration, now: context.now()) {
      try JournalAccess.streaming {
        try window.deliver { rows in
          for number in try reader.prunable(choice, among: rows.map(\.id)) { listed.insert(Int(number)) }
        }
      }
    }
    for path in search.files {
      do throws(MissionFileFailure) {
        _ = try MissionFileReader.read(
          path: path, sources: MissionSources(configuration.declaredSources),
          deliver: { rows in
            for number in try reader.prunable(choice, among: rows.map(\.id)) { listed.insert(Int(number)) }
          }, report: { _ in })
      } catch {
        switch error {
        case .file(let error): unreadable = unreadable ?? error.description
        case .delivery(let error as JournalError): throw CommandFailure(error)
        case .delivery(let error): throw CommandFailure(.internalError, "\(error)")
        }
      }
    }
    let words = context.keeping
    return (listed.count > 0 ? [words.stillListed(listed.count)] : [])
      + (unreadable.map { [words.listingUnknown($0)] } ?? [])
  }
}
