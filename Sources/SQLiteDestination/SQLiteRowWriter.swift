import Failpoints
import MissionCore
import Ports
import Records
import SQLite
import Threads

/// Writes and reads the rows of single missions with statements that stay prepared. Transactions are the caller's.
final class SQLiteRowWriter {
  let comparison: SQLiteRowComparison
  private let ledger: SQLiteStatement
  private let deleteAds: SQLiteStatement
  private let insertAd: SQLiteStatement
  private let updateAd: SQLiteStatement
  private let writeLedger: SQLiteStatement
  private let triggers: SQLiteStatement
  private let connection: SQLiteConnection

  /// Rows between two looks at the clock.
  private static let rowsPerDeadlineCheck = 64

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    self.connection = connection
    comparison = try SQLiteRowComparison(connection)
    do throws(SQLiteError) {
      ledger = try connection.prepare(
        "SELECT sha256, ads_count, rows_count FROM missions WHERE mission_id = ?", isPersistent: true)
      deleteAds = try connection.prepare("DELETE FROM ads WHERE mission_id = ?", isPersistent: true)
      // Only our own key: what somebody's index does not let in is an error and no repeated id.
      insertAd = try connection.prepare(
        """
        INSERT INTO ads (mission_id, ad_id, position, data) VALUES (?, ?, ?, ?)
        ON CONFLICT (mission_id, ad_id) DO NOTHING
        """, isPersistent: true)
      updateAd = try connection.prepare(
        "UPDATE ads SET position = ?3, data = ?4 WHERE mission_id = ?1 AND ad_id = ?2", isPersistent: true)
      // Not REPLACE, which would remove the ledger rows of other missions where somebody's index wants it.
      writeLedger = try connection.prepare(
        """
        INSERT INTO missions (mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count,
          sha256, run_id, loaded_at, parameters, table_name, kept_files)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ads', '[]')
        ON CONFLICT (mission_id) DO UPDATE SET source = excluded.source, date_start = excluded.date_start,
          date_end = excluded.date_end, media_type = excluded.media_type, languages = excluded.languages,
          ads_count = excluded.ads_count, rows_count = excluded.rows_count, sha256 = excluded.sha256,
          run_id = excluded.run_id, loaded_at = excluded.loaded_at, parameters = excluded.parameters,
          table_name = excluded.table_name, kept_files = excluded.kept_files
        """, isPersistent: true)
      triggers = try connection.prepare(
        "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) IN ('ads', 'missions')",
        isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  /// Replaces the mission's rows, unless the ledger already has these bytes.
  func load(_ request: LoadRequest, deadline: Moment) throws(DestinationError) -> LoadOutcome {
    let mission = request.mission.description
    if !request.replaces, let row = try ledgerRow(mission), row.sha256 == request.sha256 {
      return LoadOutcome(
        rows: row.rowsCount, repeatedIDs: row.adsCount - row.rowsCount, wasLoadedBefore: true)
    }
    guard try hasTriggers() else { return try write(request, mission, deadline, changes: nil) }
    let changes = RowChanges()
    return try connection.watch(with: changes) { () throws(DestinationError) in
      try write(request, mission, deadline, changes: changes)
    }
  }

  /// - Parameter changes: counts what is inserted and deleted where there are triggers, which may do anything.
  private func write(
    _ request: LoadRequest, _ mission: String, _ deadline: Moment, changes: RowChanges?
  ) throws(DestinationError) -> LoadOutcome {
    let removed = try removeRows(request, mission)
    Failpoint.reach("destination.delete.after")
    let (elements, written) = try insertAds(request, mission, deadline)
    Failpoint.reach("destination.insert.after")
    let proof = SQLiteLoadProof(
      mission: mission, elements: elements, rowsFound: try comparison.count(mission), rowsWritten: written,
      rowsRemoved: removed)
    let rows = try request.result.withFailures { bytes, release throws(DestinationError) in
      try proof.rows(bytes, release)
    }
    try replaceLedgerRow(request, mission, adsCount: elements, rowsCount: rows)
    let ledger = LoadedMission.Ledger(adsCount: elements, rowsCount: rows, sha256: request.sha256)
    try proof.require(ledger: ledger, found: try ledgerRow(mission))
    // Once more: what was found before may have gone with the ledger row.
    try proof.require(rows: rows, found: try comparison.count(mission))
    if let changes {
      try proof.require(changes)
      try request.result.withPlannedBytes { bytes, plan throws(DestinationError) in
        try proof.require(
          difference: try comparison.firstDifference(of: mission, from: plan, bytes))
      }
    }
    return LoadOutcome(rows: rows, repeatedIDs: elements - rows, wasLoadedBefore: false)
  }

  /// Says how many rows went. A mending keeps those that are as they should be, so that their spacing stays.
  private func removeRows(_ request: LoadRequest, _ mission: String) throws(DestinationError) -> Int {
    if request.replaces {
      return try request.result.withPlannedBytes { bytes, plan throws(DestinationError) in
        try comparison.removeDiffering(of: mission, from: plan, bytes)
      }
    }
    do throws(SQLiteError) {
      try deleteAds.bind(mission, at: 1)
      try deleteAds.run()
      return connection.changes
    } catch { throw DestinationError(error) }
  }

  private func hasTriggers() throws(DestinationError) -> Bool {
    do throws(SQLiteError) {
      defer { triggers.reset() }
      return try triggers.step()
    } catch { throw DestinationError(error) }
  }

  /// Writes a row to each table and reads both back; the caller rolls back.
  func probe() throws(DestinationError) {
    let request = LoadRequest.probe
    _ = try load(request, deadline: .now + .seconds(60))
    let difference = try request.result.withPlannedBytes { bytes, plan throws(DestinationError) in
      try comparison.firstDifference(of: request.mission.description, from: plan, bytes)
    }
    if let difference { throw DestinationError(swallowed: difference) }
  }

  func inspect(_ mission: MissionID) throws(DestinationError) -> LoadedMission? {
    let mission = mission.description
    let row = try ledgerRow(mission)
    let found = try comparison.count(mission)
    return row == nil && found == 0 ? nil : LoadedMission(ledger: row, rowsFound: found)
  }

  /// What the ledger says of the mission.
  func digest(_ mission: MissionID) throws(DestinationError) -> String? {
    try ledgerRow(mission.description)?.sha256
  }

  private func ledgerRow(_ mission: String) throws(DestinationError) -> LoadedMission.Ledger? {
    do throws(SQLiteError) {
      defer { ledger.reset() }
      try ledger.bind(mission, at: 1)
      guard try ledger.step() else { return nil }
      return LoadedMission.Ledger(
        adsCount: ledger.int(1), rowsCount: ledger.int(2), sha256: ledger.text(0) ?? "")
    } catch { throw DestinationError(error) }
  }

  private func insertAds(
    _ request: LoadRequest, _ mission: String, _ deadline: Moment
  ) throws(DestinationError) -> (elements: Int, written: Int) {
    defer { for statement in [insertAd, updateAd] { statement.clearBindings() } }
    do throws(SQLiteError) {
      try insertAd.bind(mission, at: 1)
      try updateAd.bind(mission, at: 1)
    } catch { throw DestinationError(error) }
    var written = 0
    guard request.replaces else {
      return try request.result.withFailures { bytes, release throws(DestinationError) in
        var reader = RecordRowReader(bytes, release: release)
        while let row = try reader.next() { try insert(row, bytes, &written, deadline) }
        return (reader.count, written)
      }
    }
    // What is there now is as it should be, so that only what is missing is written.
    return try request.result.withPlannedBytes { planned, plan throws(DestinationError) in
      try planned.rows(of: plan) { row throws(DestinationError) in
        try insert(row, planned.bytes, &written, deadline, updates: false)
      }
      return (plan.elements, written)
    }
  }

  /// - Parameter updates: whether an ad of an id that was there already takes its place.
  @inline(__always)
  private func insert(
    _ row: RecordRow, _ bytes: UnsafeRawBufferPointer, _ written: inout Int, _ deadline: Moment,
    updates: Bool = true
  ) throws(DestinationError) {
    do throws(SQLiteError) {
      try write(row, with: insertAd, bytes)
      if connection.changes > 0 { written += 1 } else if updates { try write(row, with: updateAd, bytes) }
    } catch { throw DestinationError(error, at: "ad at position \(row.position)") }
    if row.position % Self.rowsPerDeadlineCheck == 0, Moment.now > deadline {
      throw DestinationError(
        .destinationTimedOut,
        "loading took longer than execution.timeouts.statement allows, at ad \(row.position)")
    }
  }

  @inline(__always)
  private func write(_ row: RecordRow, with statement: SQLiteStatement, _ bytes: UnsafeRawBufferPointer)
    throws(SQLiteError)
  {
    // Borrowed: the bytes stay until `insertAds` clears the bindings.
    switch row.id {
    case .place(let range):
      try statement.bind(borrowedText: UnsafeRawBufferPointer(rebasing: bytes[range]), at: 2)
    case .text(let text): try statement.bind(text, at: 2)
    }
    try statement.bind(row.position, at: 3)
    try statement.bind(borrowedText: UnsafeRawBufferPointer(rebasing: bytes[row.data]), at: 4)
    try statement.run()
  }

  private func replaceLedgerRow(_ request: LoadRequest, _ mission: String, adsCount: Int, rowsCount: Int)
    throws(DestinationError)
  {
    let parameters = request.parameters
    do throws(SQLiteError) {
      try writeLedger.bind(mission, at: 1)
      try writeLedger.bind(parameters.source, at: 2)
      try writeLedger.bind(parameters.dateStart.description, at: 3)
      try writeLedger.bind(parameters.dateEnd.description, at: 4)
      try writeLedger.bind(parameters.mediaTypeText, at: 5)
      try writeLedger.bind(parameters.languageList, at: 6)
      try writeLedger.bind(adsCount, at: 7)
      try writeLedger.bind(rowsCount, at: 8)
      try writeLedger.bind(request.sha256, at: 9)
      try writeLedger.bind(request.runID, at: 10)
      try writeLedger.bind(request.at.description, at: 11)
      try writeLedger.bind(parameters.values.json, at: 12)
      try writeLedger.run()
    } catch { throw DestinationError(error, at: "the ledger row") }
  }
}
