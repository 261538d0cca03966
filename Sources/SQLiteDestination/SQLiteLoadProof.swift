import MissionCore
import Ports
import Records
import SQLite

/// Compares what the tables hold after a load with what the bytes say, before it is committed.
struct SQLiteLoadProof {
  let mission: String
  /// Where the rows are now.
  let table: RecordTable
  /// Where rows of an earlier load were, when that was another table.
  let former: TableName?
  /// Of the result.
  let elements: Int
  let rowsFound: Int
  /// By our own statements.
  let rowsWritten: Int
  let rowsRemoved: Int
  /// From the former table.
  let formerRemoved: Int

  /// The rows that the result makes, found to be there.
  ///
  /// As many rows as elements are proof by themselves, and the bytes need not be read again. Else ids are repeated, as the
  /// bytes must say: what the database takes for the same id may be another one.
  func rows(of result: SpooledResult) throws(DestinationError) -> Int {
    var rows = elements
    if rowsFound != elements {
      rows = try result.withFailures { bytes, release throws(DestinationError) in
        try RowPlan(bytes, for: table, release: release).rows
      }
    }
    try require(rows: rows, found: rowsFound)
    return rows
  }

  func require(rows: Int, found: Int) throws(DestinationError) {
    guard rows != found else { return }
    throw swallowed(RowDifference(in: table.name).count(found, of: rows))
  }

  func require(ledger: LoadedMission.Ledger, found: LoadedMission.Ledger?) throws(DestinationError) {
    guard ledger != found else { return }
    throw swallowed(RowDifference.ledger)
  }

  /// Rows of other missions must be what they were.
  func require(_ changes: RowChanges) throws(DestinationError) {
    let name = table.name.description
    var added = changes.insertions(into: name) - rowsWritten
    var removed = changes.deletions(from: name) - rowsRemoved + changes.deletions(from: "missions")
    if let former {
      added = max(added, changes.insertions(into: former.description))
      removed += max(0, changes.deletions(from: former.description) - formerRemoved)
    }
    guard added > 0 || removed > 0 else { return }
    throw swallowed(RowDifference.others(added: added, removed: removed))
  }

  func require(difference: Message?) throws(DestinationError) {
    if let difference { throw swallowed(difference) }
  }

  private func swallowed(_ difference: Message) -> DestinationError {
    DestinationError(swallowed: difference, table: table.name)
  }
}
