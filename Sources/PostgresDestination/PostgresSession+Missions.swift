import Failpoints
import MissionCore
import Ports
import Records

// What is done with missions: inside a transaction that the caller begins and ends.
extension PostgresSession {
  /// Replaces the mission's rows, unless the ledger already has these bytes in this table, which was required before.
  ///
  /// The ledger row is written first: it is what two processes that load the same mission at once wait for, so that
  /// the second one finds all that the first one wrote.
  func load(
    _ request: LoadRequest, _ plan: RowPlan, _ bytes: UnsafeRawBufferPointer, release: @escaping (Int) -> Void
  ) throws(DestinationError) -> LoadOutcome {
    let table = request.table
    let former = try formerTable(of: request)
    guard let isWatched = try writeLedger(request, plan, from: former) else {
      return try loadedBefore(request)
    }
    let proof = try PostgresLoadProof(self, request, plan, from: former, isWatched: isWatched)
    Failpoint.reach("destination.ledger.after")
    var ours = PostgresLoadProof.Changes(inserted: 0, deleted: 0)
    for table in [former, table.name].compactMap({ $0 }) {
      _ = try query(
        "DELETE FROM \(schema.table(table)) WHERE mission_id = $1", [request.mission.description])
      ours.deleted += changes
    }
    Failpoint.reach("destination.delete.after")
    if plan.rows > 0 {
      try copy(to: table.name, mission: request.mission, position: plan.position(ofRow:)) {
        (rows) throws(CopyFailure) in
        try Self.append(
          to: rows, plan, RecordRowReader(bytes, for: table, release: release), bytes, table.name)
      }
      ours.inserted = changes
    }
    Failpoint.reach("destination.insert.after")
    try proof.require(ours, PlannedBytes(bytes: bytes, table: table, release: release))
    return LoadOutcome(rows: plan.rows, repeatedIDs: plan.elements - plan.rows, wasLoadedBefore: false)
  }

  /// The table that the ledger names, when it is another one. Its row is locked, so that what is read is what the load
  /// replaces.
  private func formerTable(of request: LoadRequest) throws(DestinationError) -> TableName? {
    guard let table = try ledger(request.mission, isToChange: true)?.table, table != request.table.name else {
      return nil
    }
    return try tables.isThere(table, self) ? table : nil
  }

  /// The ledger row was not written: it has these bytes already, or the database did not take it.
  private func loadedBefore(_ request: LoadRequest) throws(DestinationError) -> LoadOutcome {
    let row = try ledger(request.mission)
    if request.yields, let row, !row.sha256.isEmpty, row.sha256 != request.sha256 {
      throw DestinationError(existing: row.sha256)
    }
    guard let row, row.sha256 == request.sha256, !request.replaces else {
      if try query("SELECT \(schema.isWatched([request.table.name]))", []).first?[0] == "t" {
        throw DestinationError(swallowed: RowDifference.ledger, table: request.table.name)
      }
      throw DestinationError(.destinationOther, "the ledger row went away meanwhile", severity: .transient())
    }
    return LoadOutcome(
      rows: row.rowsCount, repeatedIDs: row.adsCount - row.rowsCount, wasLoadedBefore: true)
  }

  private static func append(
    to rows: CopyRows, _ plan: RowPlan, _ reader: RecordRowReader, _ bytes: UnsafeRawBufferPointer,
    _ table: TableName
  ) throws(CopyFailure) {
    var reader = reader
    while true {
      let row: RecordRow?
      do throws(DestinationError) { row = try reader.next() } catch { throw .destination(error) }
      guard let row else { return }
      if plan.superseded.contains(row.position) { continue }
      guard row.data.count < CopyRows.largestValue else {
        throw .destination(
          DestinationError(
            .destinationDoesNotFit,
            "\(table.word) at position \(row.position): is larger than PostgreSQL can hold",
            advice: DestinationAdvice.values))
      }
      do throws(LibpqError) { try rows.append(row, of: bytes) } catch { throw .libpq(error) }
    }
  }

  /// Nil when the ledger has these bytes already, or the database did not take the row; else whether somebody may change
  /// what is written (`PostgresSchema.isWatched`).
  private func writeLedger(
    _ request: LoadRequest, _ plan: RowPlan, from former: TableName?
  ) throws(DestinationError) -> Bool? {
    let table = request.table.name
    let parameters = request.parameters
    let values = [
      request.mission.description, parameters.source, parameters.dateStart.description,
      parameters.dateEnd.description, parameters.mediaTypeText, parameters.languageList,
      "\(plan.elements)", "\(plan.rows)", request.sha256, request.runID, request.at.description,
      parameters.values.json, table.description,
      request.keptFiles.json(withPlaces: false),
    ]
    let written = try query(
      """
      INSERT INTO \(schema.missions) AS loaded (mission_id, source, date_start, date_end, media_type, languages,
        ads_count, rows_count, sha256, run_id, loaded_at, parameters, table_name, kept_files)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      ON CONFLICT (mission_id) DO UPDATE SET source = EXCLUDED.source, date_start = EXCLUDED.date_start,
        date_end = EXCLUDED.date_end, media_type = EXCLUDED.media_type, languages = EXCLUDED.languages,
        ads_count = EXCLUDED.ads_count, rows_count = EXCLUDED.rows_count, sha256 = EXCLUDED.sha256,
        run_id = EXCLUDED.run_id, loaded_at = EXCLUDED.loaded_at, parameters = EXCLUDED.parameters,
        table_name = EXCLUDED.table_name, kept_files = EXCLUDED.kept_files
      WHERE (loaded.sha256 <> EXCLUDED.sha256 OR loaded.table_name <> EXCLUDED.table_name
        OR loaded.kept_files <> EXCLUDED.kept_files OR \(request.replaces))
        AND (\(!request.yields) OR loaded.sha256 IN ('', EXCLUDED.sha256))
      RETURNING \(schema.isWatched([table, former ?? table]))
      """, values)
    return written.first.map { $0[0] == "t" }
  }

  /// - Parameter isToChange: nobody else changes the row until the transaction ends.
  func ledger(
    _ mission: MissionID, isToChange: Bool = false
  ) throws(DestinationError) -> LoadedMission.Ledger? {
    let rows = try query(
      """
      SELECT \(Self.ledgerColumns) FROM \(schema.missions) m WHERE mission_id = $1 \
      \(isToChange ? "FOR UPDATE" : "")
      """, [mission.description])
    return try rows.first.flatMap { (row) throws(DestinationError) in try Self.ledger(row, of: mission) }
  }

  /// What is read of a ledger row; `m` is the ledger.
  private static let ledgerColumns = """
    m.ads_count, m.rows_count, m.sha256, m.table_name, m.kept_files,
    pg_catalog.to_char(m.loaded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    """

  /// From `ledgerColumns`; nil when they are NULL.
  private static func ledger(
    _ row: LibpqConnection.Row, of mission: MissionID
  ) throws(DestinationError) -> LoadedMission.Ledger? {
    guard let ads = row[0].flatMap({ Int($0) }), let rows = row[1].flatMap({ Int($0) }), let sha256 = row[2],
      let name = row[3]
    else { return nil }
    guard let table = TableName(name) else {
      throw DestinationError(
        .destinationDoesNotFit,
        "the ledger row of \(mission) names the table \"\(name)\", which cannot be ours")
    }
    return LoadedMission.Ledger(
      adsCount: ads, rowsCount: rows, sha256: sha256, table: table,
      keptFiles: row[4].flatMap { [KeptFile](json: $0) } ?? [], loadedAt: row[5].flatMap { Timestamp($0) })
  }

  func inspect(_ missions: [MissionID]) throws(DestinationError) -> [LoadedMission?] {
    let ledgers = try ledgers(of: missions)
    let everywhere = try tables.all(self)
    var found = Array(repeating: 0, count: missions.count)
    for table in everywhere {
      let asked = missions.indices.filter { ledgers[$0].map { $0.table == table } ?? true }
      let counts = try self.counts(asked.map { missions[$0] }, in: table)
      for (index, count) in zip(asked, counts) { found[index] += count }
    }
    return zip(ledgers, found).map { ledger, found in
      ledger == nil && found == 0 ? nil : LoadedMission(ledger: ledger, rowsFound: found)
    }
  }

  private func counts(_ missions: [MissionID], in table: TableName) throws(DestinationError) -> [Int] {
    if missions.isEmpty { return [] }
    return try query(
      """
      SELECT (SELECT count(*) FROM \(schema.table(table)) a WHERE a.mission_id = asked.mission_id)
      FROM pg_catalog.unnest($1::uuid[]) WITH ORDINALITY AS asked(mission_id, place) ORDER BY asked.place
      """, [Self.list(missions)]
    ).map { $0[0].flatMap { Int($0) } ?? 0 }
  }

  /// Rows that the table has of the mission.
  func count(_ mission: MissionID, in table: TableName) throws(DestinationError) -> Int {
    try counts([mission], in: table).first ?? 0
  }

  /// What the ledger says.
  func ledgers(of missions: [MissionID]) throws(DestinationError) -> [LoadedMission.Ledger?] {
    let rows = try query(
      """
      SELECT \(Self.ledgerColumns)
      FROM pg_catalog.unnest($1::uuid[]) WITH ORDINALITY AS asked(mission_id, place)
      LEFT JOIN \(schema.missions) m ON m.mission_id = asked.mission_id ORDER BY asked.place
      """, [Self.list(missions)])
    var ledgers: [LoadedMission.Ledger?] = []
    for (mission, row) in zip(missions, rows) { ledgers.append(try Self.ledger(row, of: mission)) }
    return ledgers
  }

  private static func list(_ missions: [MissionID]) -> String {
    "{" + missions.map(\.description).joined(separator: ",") + "}"
  }

  /// By mission id. A page of each table is enough for one of all of them.
  func missions(after: String?, limit: Int) throws(DestinationError) -> [String] {
    let isBehind = after == nil ? ">= $1" : "> $1"
    let after = [after ?? MissionID(high: 0, low: 0).description]
    let ledger = try query(
      """
      SELECT mission_id FROM \(schema.missions) WHERE mission_id \(isBehind) ORDER BY mission_id LIMIT \(limit)
      """, after)
    var found = Set(ledger.compactMap { $0[0] })
    for table in try tables.all(self) {
      found.formUnion(try query(missions(in: table, isBehind, limit), after).compactMap { $0[0] })
    }
    // As text, uuids are ordered as they are themselves.
    return Array(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit))
  }

  /// One seek in the primary key's index for each mission, however many records it has.
  private func missions(in table: TableName, _ isBehind: String, _ limit: Int) -> String {
    let table = schema.table(table)
    return """
      WITH RECURSIVE records(mission_id) AS (
        (SELECT mission_id FROM \(table) WHERE mission_id \(isBehind) ORDER BY mission_id LIMIT 1)
        UNION ALL
        SELECT (SELECT a.mission_id FROM \(table) a WHERE a.mission_id > records.mission_id
          ORDER BY a.mission_id LIMIT 1)
        FROM records WHERE records.mission_id IS NOT NULL
      )
      SELECT mission_id FROM records WHERE mission_id IS NOT NULL LIMIT \(limit)
      """
  }

  func distrust(_ missions: [MissionID]) throws(DestinationError) {
    _ = try query(
      "UPDATE \(schema.missions) SET sha256 = '' WHERE mission_id = ANY ($1::uuid[])", [Self.list(missions)])
  }

  /// Writes a row to a table and to the ledger and reads both back; the caller rolls back.
  func probe(_ table: RecordTable) throws(DestinationError) {
    let request = LoadRequest.probe(for: table)
    try request.result.withPlannedBytes(for: table) { planned, plan throws(DestinationError) in
      _ = try load(request, plan, planned.bytes, release: planned.release)
      let difference = try PostgresComparison(self, table.name, request.mission).firstDifference(
        from: plan, planned)
      if let difference { throw DestinationError(swallowed: difference, table: table.name) }
    }
  }
}
