import MissionCore

/// Finds missions by what a person typed. Unknown and ambiguous ones end the command with 66.
package enum MissionLookup {
  /// In the order they are named, each once.
  package static func ids(of references: [MissionReference], journalPath: String) throws(CommandFailure)
    -> [MissionID]
  {
    try missions(references, journalPath: journalPath).map(\.id)
  }

  /// In the order they are named, each once.
  package static func missions(
    _ references: [MissionReference], journalPath: String
  ) throws(CommandFailure) -> [MissionRecord] {
    guard let reader = try JournalAccess.reader(journalPath) else { throw unknown(references) }
    return try missions(references, reader)
  }

  /// The same from a journal that is open.
  package static func missions(
    _ references: [MissionReference], _ reader: JournalReader
  ) throws(CommandFailure) -> [MissionRecord] {
    var found: [MissionRecord] = []
    var unknown: [MissionReference] = []
    for reference in references {
      let candidates = try JournalAccess.failing { () throws(JournalError) in
        try reader.mission(idPrefix: reference.prefix)
      }
      guard let mission = candidates.first else {
        unknown.append(reference)
        continue
      }
      guard candidates.count == 1 else { throw ambiguous(reference, candidates.map(\.id)) }
      if !found.contains(where: { $0.id == mission.id }) { found.append(mission) }
    }
    guard unknown.isEmpty else { throw self.unknown(unknown) }
    return found
  }

  /// No mission begins so.
  package static func unknown(_ references: [MissionReference]) -> CommandFailure {
    let names = references.map(\.prefix).joined(separator: ", ")
    return CommandFailure(.notFound, "no mission has an id that begins with \(names)")
  }

  /// Several missions begin so.
  package static func ambiguous(_ reference: MissionReference, _ candidates: [MissionID]) -> CommandFailure {
    let names = candidates.map(\.description).joined(separator: ", ")
    return CommandFailure(
      .notFound, "\(reference.prefix) begins more than one id: \(names) …; type more of it")
  }
}
