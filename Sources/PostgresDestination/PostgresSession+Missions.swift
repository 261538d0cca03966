import Failpoints
import MissionCore
import Ports
import Records

// What is done with missions: inside a transaction that the caller begins and ends.
extension PostgresSession {
  /// Replaces the mission's rows, unless the ledger already has these bytes.
  ///
  /// The ledger row is written first: it is what two processes that load the same mission at once wait for, so that
  /// the second one finds all that the first one wrote.
  func load(
    _ request: LoadRequest, _ plan: RowPlan, _ bytes: UnsafeRawBufferPointer, release: @escaping (Int) -> Void
  ) throws(DestinationError) -> LoadOutcome {
    guard let isWatched = try writeLedger(request, plan) else { return try loadedBefore(request) }
    let proof = try PostgresLoadProof(self, request, plan, isWatched: isWatched)
    Failpoint.reach("destination.ledger.after")
    let mission = request.mission
    _ = try query("DELETE FROM \(schema.ads) WHERE mission_id = $1", [mission.description])
    var ours = PostgresLoadProof.Changes(inserted: 0, deleted: changes)
    Failpoint.reach("destination.delete.after")
    if plan.rows > 0 {
      try copy(mission: mission, position: plan.position(ofRow:)) { (rows) throws(CopyFailure) in
        try Self.append(to: rows, plan, RecordRowReader(bytes, release: release), bytes)
      }
      ours.inserted = changes
    }
    Failpoint.reach("destination.insert.after")
    try proof.require(ours, PlannedBytes(bytes: bytes, release: release))
    return LoadOutcome(rows: plan.rows, repeatedIDs: plan.elements - plan.rows, wasLoadedBefore: false)
  }

  /// The ledger row was not written: it has these bytes already, or the database did not take it.
  private func loadedBefore(_ request: LoadRequest) throws(DestinationError) -> LoadOutcome {
    let row = try ledger(request.mission)
    guard let row, row.sha256 == request.sha256, !request.replaces else {
      if try query("SELECT \(schema.isWatched)", []).first?[0] == "t" {
        throw DestinationError(swallowed: RowDifference.ledger)
      }
      throw DestinationError(.destinationOther, "the ledger row went away meanwhile", severity: .transient())
    }
    return LoadOutcome(
      rows: row.rowsCount, repeatedIDs: row.adsCount - row.rowsCount, wasLoadedBefore: true)
  }

  private static func append(
    to rows: CopyRows, _ plan: RowPlan, _ reader: RecordRowReader, _ bytes: UnsafeRawBufferPointer
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
            .destinationDoesNotFit, "ad at position \(row.position): is larger than PostgreSQL can hold",
            advice: DestinationAdvice.values))
      }
      do throws(LibpqError) { try rows.append(row, of: bytes) } catch { throw .libpq(error) }
    }
  }

  /// Nil when the ledger has these bytes already, or the database did not take the row; else whether somebody may change
  /// what is written (`PostgresSchema.isWatched`).
  private func writeLedger(_ request: LoadRequest, _ plan: RowPlan) throws(DestinationError) -> Bool? {
    let parameters = request.parameters
    let values = [
      request.mission.description, parameters.source, parameters.dateStart.description,
      parameters.dateEnd.description, parameters.mediaTypeText, parameters.languageList,
      "\(plan.elements)", "\(plan.rows)", request.sha256, request.runID, request.at.description,
      parameters.values.json,
    ]
    let written = try query(
      """
      INSERT INTO \(schema.missions) AS loaded (mission_id, source, date_start, date_end, media_type, languages,
        ads_count, rows_count, sha256, run_id, loaded_at, parameters, table_name, kept_files)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'ads', '[]')
      ON CONFLICT (mission_id) DO UPDATE SET source = EXCLUDED.source, date_start = EXCLUDED.date_start,
        date_end = EXCLUDED.date_end, media_type = EXCLUDED.media_type, languages = EXCLUDED.languages,
        ads_count = EXCLUDED.ads_count, rows_count = EXCLUDED.rows_count, sha256 = EXCLUDED.sha256,
        run_id = EXCLUDED.run_id, loaded_at = EXCLUDED.loaded_at, parameters = EXCLUDED.parameters,
        table_name = EXCLUDED.table_name, kept_files = EXCLUDED.kept_files
      WHERE loaded.sha256 <> EXCLUDED.sha256 OR \(request.replaces) RETURNING \(schema.isWatched)
      """, values)
    return written.first.map { $0[0] == "t" }
  }

  func ledger(_ mission: MissionID) throws(DestinationError) -> LoadedMission.Ledger? {
    let rows = try query(
      "SELECT ads_count, rows_count, sha256 FROM \(schema.missions) WHERE mission_id = $1",
      [mission.description])
    return rows.first.flatMap(Self.ledger)
  }

  /// From `ads_count`, `rows_count`, `sha256`; nil when they are NULL.
  private static func ledger(_ row: LibpqConnection.Row) -> LoadedMission.Ledger? {
    guard let ads = row[0].flatMap({ Int($0) }), let rows = row[1].flatMap({ Int($0) }), let sha256 = row[2]
    else { return nil }
    return LoadedMission.Ledger(adsCount: ads, rowsCount: rows, sha256: sha256)
  }

  func inspect(_ missions: [MissionID]) throws(DestinationError) -> [LoadedMission?] {
    let rows = try query(
      """
      SELECT m.ads_count, m.rows_count, m.sha256,
        (SELECT count(*) FROM \(schema.ads) a WHERE a.mission_id = asked.mission_id)
      FROM pg_catalog.unnest($1::uuid[]) WITH ORDINALITY AS asked(mission_id, place)
      LEFT JOIN \(schema.missions) m ON m.mission_id = asked.mission_id ORDER BY asked.place
      """, [Self.list(missions)])
    return rows.map { row in
      let (ledger, found) = (Self.ledger(row), row[3].flatMap { Int($0) } ?? 0)
      return ledger == nil && found == 0 ? nil : LoadedMission(ledger: ledger, rowsFound: found)
    }
  }

  /// What the ledger says.
  func digests(of missions: [MissionID]) throws(DestinationError) -> [String?] {
    let rows = try query(
      """
      SELECT m.sha256 FROM pg_catalog.unnest($1::uuid[]) WITH ORDINALITY AS asked(mission_id, place)
      LEFT JOIN \(schema.missions) m ON m.mission_id = asked.mission_id ORDER BY asked.place
      """, [Self.list(missions)])
    return rows.map { $0[0] }
  }

  private static func list(_ missions: [MissionID]) -> String {
    "{" + missions.map(\.description).joined(separator: ",") + "}"
  }

  /// By mission id; of `ads` one seek in the primary key's index for each mission, however many ads it has.
  func missions(after: String?, limit: Int) throws(DestinationError) -> [String] {
    let isBehind = after == nil ? ">= $1" : "> $1"
    return try query(
      """
      WITH RECURSIVE in_ads(mission_id) AS (
        (SELECT mission_id FROM \(schema.ads) WHERE mission_id \(isBehind) ORDER BY mission_id LIMIT 1)
        UNION ALL
        SELECT (SELECT a.mission_id FROM \(schema.ads) a WHERE a.mission_id > in_ads.mission_id
          ORDER BY a.mission_id LIMIT 1)
        FROM in_ads WHERE in_ads.mission_id IS NOT NULL
      )
      SELECT mission_id FROM (
        (SELECT mission_id FROM \(schema.missions) WHERE mission_id \(isBehind) ORDER BY mission_id LIMIT \(limit))
        UNION
        (SELECT mission_id FROM in_ads WHERE mission_id IS NOT NULL LIMIT \(limit))
      ) AS found ORDER BY mission_id LIMIT \(limit)
      """, [after ?? MissionID(high: 0, low: 0).description]
    ).compactMap { $0[0] }
  }

  func distrust(_ missions: [MissionID]) throws(DestinationError) {
    _ = try query(
      "UPDATE \(schema.missions) SET sha256 = '' WHERE mission_id = ANY ($1::uuid[])", [Self.list(missions)])
  }

  /// Writes a row to each table and reads both back; the caller rolls back.
  func probe() throws(DestinationError) {
    let request = LoadRequest.probe
    try request.result.withPlannedBytes { planned, plan throws(DestinationError) in
      _ = try load(request, plan, planned.bytes, release: planned.release)
      let difference = try PostgresComparison(self, request.mission).firstDifference(from: plan, planned)
      if let difference { throw DestinationError(swallowed: difference) }
    }
  }
}
