import Configuration
import Journal
import MissionCore
import Verification

/// The DONE missions whose ledger row or audit object is gone, as `coverage --data` sees them (TRUST 2).
enum LostMissions {
  /// Missions that destination and store are asked for together.
  private static let batch = 500

  /// Those that the filter leaves in.
  /// - Throws: when destination or store cannot be asked: what cannot be told now is not gone.
  static func ids(
    _ filter: MissionFilter, _ reader: JournalReader, _ configuration: Configuration,
    _ context: CommandContext
  ) throws(CommandFailure) -> [MissionID] {
    let parts = try ComparedParts.opened(configuration, context)
    defer { parts.destination.close() }
    let presence = DataPresence(parts: parts, atOnce: CoverageOptions.atOnce)
    var lost: [MissionID] = []
    var waiting: [SliceRow.Outside] = []
    func ask() throws(CommandFailure) {
      for (mission, isThere) in zip(waiting, try presence.areThere(waiting)) where !isThere {
        lost.append(mission.id)
      }
      waiting.removeAll(keepingCapacity: true)
    }
    try JournalAccess.streaming {
      try reader.eachMission(filter) { mission in
        waiting.append(SliceRow.Outside(id: mission.id, parameters: mission.parameters, key: mission.s3Key))
        if waiting.count == batch { try ask() }
        return true
      }
    }
    try ask()
    return lost
  }
}
