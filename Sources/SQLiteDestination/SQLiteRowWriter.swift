import Failpoints
import JSONStream
import MissionCore
import Ports
import Records
import SQLite
import Threads

/// Writes and reads the rows of single missions with statements that stay prepared. Transactions are the caller's.
final class SQLiteRowWriter {
  let tables: SQLiteRecordTables
  private let ledger: SQLiteLedger
  private let writeLedger: SQLiteStatement
  private let triggers: SQLiteStatement
  private let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    self.connection = connection
    tables = try SQLiteRecordTables(connection)
    ledger = try SQLiteLedger(connection)
    do throws(SQLiteError) {
      // Not REPLACE, which would remove the ledger rows of other missions where somebody's index wants it.
      writeLedger = try connection.prepare(
        """
        INSERT INTO missions (mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count,
          sha256, run_id, loaded_at, parameters, table_name, kept_files)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (mission_id) DO UPDATE SET source = excluded.source, date_start = excluded.date_start,
          date_end = excluded.date_end, media_type = excluded.media_type, languages = excluded.languages,
          ads_count = excluded.ads_count, rows_count = excluded.rows_count, sha256 = excluded.sha256,
          run_id = excluded.run_id, loaded_at = excluded.loaded_at, parameters = excluded.parameters,
          table_name = excluded.table_name, kept_files = excluded.kept_files
        """, isPersistent: true)
      triggers = try connection.prepare(
        "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) IN (?, ?, 'missions')",
        isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  /// Replaces the mission's rows, unless the ledger already has these bytes in this table, which was required before.
  func load(_ request: LoadRequest, deadline: Moment) throws(DestinationError) -> LoadOutcome {
    let mission = request.mission.description
    let name = request.table.name
    let old = try ledger.row(of: mission)
    if !request.replaces, let old, old.sha256 == request.sha256, old.table == name,
      old.keptFiles == request.keptFiles.withoutPlaces
    {
      return LoadOutcome(
        rows: old.rowsCount, repeatedIDs: old.adsCount - old.rowsCount, wasLoadedBefore: true)
    }
    // A digest that was taken out is no scrape.
    if request.yields, let old, !old.sha256.isEmpty, old.sha256 != request.sha256 {
      throw DestinationError(existing: old.sha256)
    }
    let table = try tables.required(name)
    var former: SQLiteRecordTable?
    if let old, old.table != name { former = try tables.named(old.table) }
    guard try hasTriggers(table, former) else {
      return try write(request, to: table, from: former, deadline, changes: nil)
    }
    let changes = RowChanges()
    return try connection.watch(with: changes) { () throws(DestinationError) in
      try write(request, to: table, from: former, deadline, changes: changes)
    }
  }

  /// - Parameters:
  ///   - former: the table that the ledger names, when it is another one.
  ///   - changes: counts what is inserted and deleted where there are triggers, which may do anything.
  private func write(
    _ request: LoadRequest, to table: SQLiteRecordTable, from former: SQLiteRecordTable?, _ deadline: Moment,
    changes: RowChanges?
  ) throws(DestinationError) -> LoadOutcome {
    let mission = request.mission.description
    let formerRemoved = try former?.removeAll(mission) ?? 0
    let removed = try removeRows(request, table)
    Failpoint.reach("destination.delete.after")
    let insertion = SQLiteRowInsertion(request: request, table: table, deadline: deadline)
    let (elements, written) = try insertion.run()
    Failpoint.reach("destination.insert.after")
    let proof = SQLiteLoadProof(
      mission: mission, table: request.table, former: former?.name, elements: elements,
      rowsFound: try table.count(mission), rowsWritten: written, rowsRemoved: removed,
      formerRemoved: formerRemoved)
    let rows = try proof.rows(of: request.result)
    try replaceLedgerRow(request, adsCount: elements, rowsCount: rows)
    let expected = LoadedMission.Ledger(
      adsCount: elements, rowsCount: rows, sha256: request.sha256, table: table.name,
      keptFiles: request.keptFiles.withoutPlaces, loadedAt: request.at)
    try proof.require(ledger: expected, found: try ledger.row(of: mission))
    // Once more: what was found before may have gone with the ledger row.
    try proof.require(rows: rows, found: try table.count(mission))
    if let former { try proof.require(rows: 0, found: try former.count(mission)) }
    if let changes {
      try proof.require(changes)
      try request.result.withPlannedBytes(for: request.table) { bytes, plan throws(DestinationError) in
        try proof.require(
          difference: try SQLiteRowComparison(table).firstDifference(of: mission, from: plan, bytes))
      }
    }
    return LoadOutcome(rows: rows, repeatedIDs: elements - rows, wasLoadedBefore: false)
  }

  /// Says how many rows went. A mending keeps those that are as they should be, so that their spacing stays.
  private func removeRows(
    _ request: LoadRequest, _ table: SQLiteRecordTable
  ) throws(DestinationError) -> Int {
    let mission = request.mission.description
    guard request.replaces else { return try table.removeAll(mission) }
    return try request.result.withPlannedBytes(for: request.table) { bytes, plan throws(DestinationError) in
      try SQLiteRowComparison(table).removeDiffering(of: mission, from: plan, bytes)
    }
  }

  private func hasTriggers(
    _ table: SQLiteRecordTable, _ former: SQLiteRecordTable?
  ) throws(DestinationError) -> Bool {
    do throws(SQLiteError) {
      defer { triggers.reset() }
      try triggers.bind(table.name.description, at: 1)
      try triggers.bind((former ?? table).name.description, at: 2)
      return try triggers.step()
    } catch { throw DestinationError(error) }
  }

  /// Writes a row to a table and to the ledger and reads both back; the caller rolls back.
  func probe(_ table: RecordTable) throws(DestinationError) {
    let request = LoadRequest.probe(for: table)
    _ = try load(request, deadline: .now + .seconds(60))
    if let difference = try difference(request.mission, from: request.result, table.id) {
      throw DestinationError(swallowed: difference, table: table.name)
    }
  }

  /// The first difference of the mission's rows, where the ledger says they are, from those of a result.
  func difference(
    _ mission: MissionID, from result: SpooledResult, _ id: JSONPointer
  ) throws(DestinationError) -> Message? {
    let mission = mission.description
    let name = try ledger.row(of: mission)?.table ?? .ads
    let table = try tables.named(name)
    let planned = RecordTable(name: name, id: id)
    return try result.withPlannedBytes(for: planned) { bytes, plan throws(DestinationError) in
      guard let table else { return plan.rows == 0 ? nil : RowDifference(in: name).count(0, of: plan.rows) }
      return try SQLiteRowComparison(table).firstDifference(of: mission, from: plan, bytes)
    }
  }

  func inspect(_ mission: MissionID) throws(DestinationError) -> LoadedMission? {
    let mission = mission.description
    if let row = try ledger.row(of: mission) {
      return LoadedMission(ledger: row, rowsFound: try tables.named(row.table)?.count(mission) ?? 0)
    }
    var found = 0
    for table in try tables.all() { found += try table.count(mission) }
    return found == 0 ? nil : LoadedMission(ledger: nil, rowsFound: found)
  }

  /// What the ledger says of the mission.
  func ledgerRow(_ mission: MissionID) throws(DestinationError) -> LoadedMission.Ledger? {
    try ledger.row(of: mission.description)
  }

  private func replaceLedgerRow(
    _ request: LoadRequest, adsCount: Int, rowsCount: Int
  ) throws(DestinationError) {
    let parameters = request.parameters
    do throws(SQLiteError) {
      try writeLedger.bind(request.mission.description, at: 1)
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
      try writeLedger.bind(request.table.name.description, at: 13)
      try writeLedger.bind(request.keptFiles.json(withPlaces: false), at: 14)
      try writeLedger.run()
    } catch { throw DestinationError(error, at: "the ledger row") }
  }
}
