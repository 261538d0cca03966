import MissionCore
import Ports

/// How what a table holds differs from what was loaded, in words that all destinations share.
package struct RowDifference {
  private let table: TableName
  private var word: Message { table.word }

  package init(in table: TableName) { self.table = table }

  /// How many rows there are, of how many.
  package func count(_ found: Int, of expected: Int) -> Message {
    "\(found) rows of the mission are in \(table), \(expected) were loaded"
  }

  /// A row that is not there.
  package func missing(_ position: Int) -> Message {
    "the row of the \(word) at position \(position) is missing"
  }

  /// A row that says another place.
  package func moved(_ position: Int, to other: Int) -> Message {
    "the row of the \(word) at position \(position) says position \(other)"
  }

  /// A row that has another id.
  package func renamed(_ position: Int) -> Message {
    "the row of the \(word) at position \(position) has another \(table.idColumn)"
  }

  /// A row with other data.
  package func altered(_ position: Int) -> Message {
    "the row of the \(word) at position \(position) holds other data"
  }

  /// Rows that nobody asked for or that went without being asked to.
  package static func others(added: Int, removed: Int) -> Message {
    "a trigger added \(max(0, added)) rows and removed \(max(0, removed))"
  }

  /// The ledger row is another than was written, or is not there.
  package static let ledger: Message = "the ledger row is not in missions as it was written"
}

extension DestinationError {
  /// The database took what it was given and holds something else: a trigger, an index, a rule or a policy of somebody
  /// else changes what is written. A person must look at it.
  package init(swallowed difference: Message, table: TableName = .ads) {
    self.init(
      .destinationDoesNotFit,
      "the database changed what was loaded, nothing was committed: \(difference)",
      advice: "look at the triggers, unique indexes, rules and policies of \(table) and missions")
  }
}
