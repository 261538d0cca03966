import Configuration
import Journal
import MissionCore
import MissionFiles
import Runs

/// A mission looked for in the mission files, the windows and the journal.
struct MissionSearch {
  /// A row that names it now.
  struct Row {
    let row: MissionRow
    let file: String
    /// A DONE mission that was finished before this is due again; nil never.
    let dueBefore: Timestamp?
  }

  private let reference: MissionReference
  /// By mission; two are enough to know that the reference is ambiguous.
  private(set) var rows: [MissionID: Row] = [:]

  init(_ reference: MissionReference) { self.reference = reference }

  mutating func read(_ choice: MissionFileChoice, _ sources: MissionSources, _ log: any Log)
    throws(CommandFailure)
  {
    var intake = MissionIntake(sources) { log.warning($0) }
    for line in choice.refusals { intake.refuse(line) }
    var found = rows
    let prefix = reference.prefix
    try intake.stream(choice) { batch in
      for row in batch.rows where found.count < 2 || found[row.id] != nil {
        guard row.id.description.hasPrefix(prefix) else { continue }
        let due = batch.listing.dueBefore[row.parameters.source]
        // What a window says comes first and counts, as for a run.
        if found[row.id] == nil {
          found[row.id] = Row(row: row, file: batch.listing.origin ?? "", dueBefore: due)
        }
      }
    }
    rows = found
  }

  /// The only mission that is meant, from the journal where it is there.
  func mission(_ reader: JournalReader?) throws(CommandFailure) -> (id: MissionID, record: MissionRecord?) {
    let known = try JournalAccess.failing { () throws(JournalError) in
      try reader?.mission(idPrefix: reference.prefix) ?? []
    }
    let candidates = Set(known.map(\.id)).union(rows.keys)
    guard let id = candidates.first else { throw MissionLookup.unknown([reference]) }
    guard candidates.count == 1 else { throw MissionLookup.ambiguous(reference, candidates.sorted()) }
    return (id, known.first)
  }
}
