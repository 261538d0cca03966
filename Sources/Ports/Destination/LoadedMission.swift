import MissionCore

/// A mission as the destination holds it.
package struct LoadedMission: Hashable, Sendable {
  /// What the ledger row says; nil when there is none.
  package struct Ledger: Hashable, Sendable {
    package let adsCount: Int
    package let rowsCount: Int
    package let sha256: String
    /// Where its rows are.
    package let table: TableName

    package init(adsCount: Int, rowsCount: Int, sha256: String, table: TableName = .ads) {
      self.adsCount = adsCount
      self.rowsCount = rowsCount
      self.sha256 = sha256
      self.table = table
    }
  }

  package let ledger: Ledger?
  /// Rows that the table named by the ledger really has; without a ledger row, all tables together.
  package let rowsFound: Int

  package init(ledger: Ledger?, rowsFound: Int) {
    self.ledger = ledger
    self.rowsFound = rowsFound
  }
}
