import MissionCore
import Ports

/// How what a destination holds differs from what was loaded, in words that all destinations share.
package enum RowDifference {
  /// How many rows there are, of how many.
  package static func count(_ found: Int, of expected: Int) -> String {
    "\(found) rows of the mission are in ads, \(expected) were loaded"
  }

  /// A row that is not there.
  package static func missing(_ position: Int) -> String {
    "the row of the ad at position \(position) is missing"
  }

  /// A row that says another place.
  package static func moved(_ position: Int, to other: Int) -> String {
    "the row of the ad at position \(position) says position \(other)"
  }

  /// A row that has another id.
  package static func renamed(_ position: Int) -> String {
    "the row of the ad at position \(position) has another ad_id"
  }

  /// A row with other data.
  package static func altered(_ position: Int) -> String {
    "the row of the ad at position \(position) holds other data"
  }

  /// Rows that nobody asked for or that went without being asked to.
  package static func others(added: Int, removed: Int) -> String {
    "a trigger added \(max(0, added)) rows and removed \(max(0, removed))"
  }

  /// The ledger row is another than was written, or is not there.
  package static let ledger = "the ledger row is not in missions as it was written"
}

extension DestinationError {
  /// The database took what it was given and holds something else: a trigger, an index, a rule or a policy of somebody
  /// else changes what is written. A person must look at it.
  package init(swallowed difference: String) {
    self.init(
      .destinationDoesNotFit, "the database changed what was loaded, nothing was committed: \(difference)",
      advice: "look at the triggers, unique indexes, rules and policies of ads and missions")
  }
}
