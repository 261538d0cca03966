import Journal
import MissionCore
import MissionFiles
import Runs

/// Streams mission files into a plan's scratch, telling what is refused.
struct PlanIntake {
  private(set) var intake: MissionIntake
  private let only: [MissionReference]
  /// Ids of the files' rows that begin like an `--only`; two are enough to know that it is ambiguous.
  private var matches: [MissionReference: Set<MissionID>] = [:]

  init(_ sources: MissionSources, only: [MissionReference], tell: @escaping (Message) -> Void) {
    self.only = only
    intake = MissionIntake(sources, tell: tell)
  }

  mutating func read(_ choice: MissionFileChoice, into scratch: PlanScratch) throws(CommandFailure) {
    var found = matches
    let only = self.only
    defer { matches = found }
    for line in choice.refusals { intake.refuse(line) }
    try intake.stream(choice) { batch in
      if !only.isEmpty { Self.match(batch.rows, only, &found) }
      try scratch.add(batch.missions, as: batch.listing)
    }
  }

  /// What `--only` names, in the files and the journal together.
  func ids(_ reader: JournalReader?) throws(CommandFailure) -> [MissionID] {
    var ids: [MissionID] = []
    var unknown: [MissionReference] = []
    for reference in only {
      var candidates = matches[reference] ?? []
      if let reader {
        candidates.formUnion(
          try JournalAccess.failing { () throws(JournalError) in
            try reader.mission(idPrefix: reference.prefix).map(\.id)
          })
      }
      guard candidates.count <= 1 else { throw MissionLookup.ambiguous(reference, candidates.sorted()) }
      if let id = candidates.first { ids.append(id) } else { unknown.append(reference) }
    }
    guard unknown.isEmpty else { throw MissionLookup.unknown(unknown) }
    return ids
  }

  private static func match(
    _ rows: [MissionRow], _ only: [MissionReference], _ found: inout [MissionReference: Set<MissionID>]
  ) {
    for row in rows {
      let text = row.id.description
      for reference in only where text.hasPrefix(reference.prefix) && found[reference, default: []].count < 2
      {
        found[reference, default: []].insert(row.id)
      }
    }
  }
}
