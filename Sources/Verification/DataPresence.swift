import Journal
import MissionCore
import Ports

/// Asks destination and store whether what DONE missions left there is still there: the ledger's rows in batches, the
/// objects each by its key, several at once. What they hold is not compared; that is what `verify` does.
package struct DataPresence {
  private let parts: ComparedParts
  private let atOnce: Int

  /// - Parameter atOnce: objects that are asked for side by side.
  package init(parts: ComparedParts, atOnce: Int) {
    self.parts = parts
    self.atOnce = atOnce
  }

  /// For each mission whether it has both, in their order. Blocks.
  package func areThere(_ missions: [SliceRow.Outside]) throws(CommandFailure) -> [Bool] {
    let digests = try parts.digests(of: missions.map(\.id))
    let parts = parts
    let found = try Parallel.map(Array(zip(missions, digests)), atOnce: atOnce) { mission, digest in
      Result { () throws(CommandFailure) in
        // Without a ledger row nobody need ask for the object.
        guard digest != nil else { return false }
        let key = mission.key ?? parts.store.key(of: mission.id, mission.parameters)
        return try parts.find(key, readingBytes: false) != nil
      }
    }
    var areThere: [Bool] = []
    for result in found { areThere.append(try result.get()) }
    return areThere
  }
}
