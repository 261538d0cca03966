/// A mission as the destination holds it.
package struct LoadedMission: Hashable, Sendable {
  /// What the ledger row says; nil when there is none.
  package struct Ledger: Hashable, Sendable {
    package let adsCount: Int
    package let rowsCount: Int
    package let sha256: String

    package init(adsCount: Int, rowsCount: Int, sha256: String) {
      self.adsCount = adsCount
      self.rowsCount = rowsCount
      self.sha256 = sha256
    }
  }

  package let ledger: Ledger?
  /// Rows that `ads` really has.
  package let rowsFound: Int

  package init(ledger: Ledger?, rowsFound: Int) {
    self.ledger = ledger
    self.rowsFound = rowsFound
  }
}
