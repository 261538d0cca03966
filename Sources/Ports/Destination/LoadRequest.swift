import MissionCore

/// A result to load.
package struct LoadRequest: Sendable {
  package let mission: MissionID
  package let parameters: MissionParameters
  package let runID: String
  package let result: SpooledResult
  /// Where its records go, and what tells them apart.
  package let table: RecordTable
  /// For the ledger: what is kept in the store beside the audit object.
  package let keptFiles: [KeptFile]
  /// Becomes `loaded_at`.
  package let at: Timestamp
  /// Writes also when the ledger says that it is loaded. Rows that are as they should be may stay as they are.
  package let replaces: Bool
  /// Writes nothing when the ledger has another scrape of the mission: the error says which (`DestinationError.existing`).
  /// Of a destination that cannot be asked nothing is expected.
  package let yields: Bool
  /// Of the scraped bytes, for the ledger: the result's own, but for a mending with a result of the same tokens in other
  /// spacing, as the caller has proved.
  package let sha256: String

  package init(
    mission: MissionID, parameters: MissionParameters, runID: String, result: SpooledResult,
    table: RecordTable = .ads, keptFiles: [KeptFile] = [], at: Timestamp, replaces: Bool = false,
    yields: Bool = false, sha256: String? = nil
  ) {
    self.mission = mission
    self.parameters = parameters
    self.runID = runID
    self.result = result
    self.table = table
    self.keptFiles = keptFiles
    self.at = at
    self.replaces = replaces
    self.yields = yields
    self.sha256 = sha256 ?? result.sha256
  }
}

/// What a load wrote.
package typealias LoadOutcome = LoadedRows
