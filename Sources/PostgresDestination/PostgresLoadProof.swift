import MissionCore
import Ports
import Records

/// Compares what the tables hold after a load with what the bytes say, before it is committed.
struct PostgresLoadProof {
  /// Rows that a transaction put into `ads` and took out of it.
  struct Changes {
    var inserted = 0
    var deleted = 0
  }

  private let session: PostgresSession
  private let request: LoadRequest
  private let plan: RowPlan
  /// What the server had counted before the load; nil when nobody else changes what is written.
  private let before: Changes?

  /// To be made when the ledger row is written and nothing else.
  ///
  /// - Parameter isWatched: whether the tables have somebody else's triggers, rules or policies.
  init(
    _ session: PostgresSession, _ request: LoadRequest, _ plan: RowPlan, isWatched: Bool
  ) throws(DestinationError) {
    self.session = session
    self.request = request
    self.plan = plan
    before = isWatched ? try Self.counted(by: session) ?? Changes() : nil
  }

  /// - Parameter ours: rows that our own statements changed, as they say themselves.
  func require(_ ours: Changes, _ planned: PlannedBytes) throws(DestinationError) {
    guard ours.inserted == plan.rows else {
      throw DestinationError(swallowed: RowDifference.count(ours.inserted, of: plan.rows))
    }
    // What waits for COMMIT changes the rows now, where it can still be seen.
    if before != nil { try session.run("SET CONSTRAINTS ALL IMMEDIATE") }
    try requireRows()
    guard let before else { return }
    try requireOthers(before, ours)
    let difference = try PostgresComparison(session, request.mission).firstDifference(from: plan, planned)
    if let difference { throw DestinationError(swallowed: difference) }
  }

  /// The ads and the ledger row are there.
  private func requireRows() throws(DestinationError) {
    let row = try session.query(
      """
      SELECT (SELECT count(*) FROM \(session.schema.ads) WHERE mission_id = $1),
        (SELECT count(*) FROM \(session.schema.missions)
         WHERE mission_id = $1 AND sha256 = $2 AND ads_count = $3 AND rows_count = $4)
      """, [request.mission.description, request.sha256, "\(plan.elements)", "\(plan.rows)"]
    ).first
    let found = row?[0].flatMap { Int($0) } ?? 0
    guard found == plan.rows else {
      throw DestinationError(swallowed: RowDifference.count(found, of: plan.rows))
    }
    guard row?[1] == "1" else {
      throw DestinationError(swallowed: RowDifference.ledger)
    }
  }

  /// Rows of other missions must be what they were: of all that this transaction changed in `ads`, only ours.
  private func requireOthers(_ before: Changes, _ ours: Changes) throws(DestinationError) {
    // Not known where the server does not count.
    guard let after = try Self.counted(by: session) else { return }
    let added = after.inserted - before.inserted - ours.inserted
    let removed = after.deleted - before.deleted - ours.deleted
    guard added > 0 || removed > 0 else { return }
    throw DestinationError(swallowed: RowDifference.others(added: added, removed: removed))
  }

  /// What the server has counted so far, also of transactions before this one.
  private static func counted(by session: PostgresSession) throws(DestinationError) -> Changes? {
    let row = try session.query(
      """
      SELECT n_tup_ins, n_tup_del FROM pg_catalog.pg_stat_xact_all_tables
      WHERE relid = '\(session.schema.literal("ads"))'::regclass AND pg_catalog.current_setting('track_counts')::bool
      """, []
    ).first
    guard let row, let inserted = row[0].flatMap({ Int($0) }), let deleted = row[1].flatMap({ Int($0) })
    else { return nil }
    return Changes(inserted: inserted, deleted: deleted)
  }
}

extension PostgresSchema {
  /// Whether somebody else's triggers, rules or policies may change what is written.
  var isWatched: String {
    """
    EXISTS (SELECT FROM pg_catalog.pg_class c
      WHERE c.oid IN ('\(literal("ads"))'::regclass, '\(literal("missions"))'::regclass)
        AND (c.relrowsecurity OR c.relhasrules
          OR EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)))
    """
  }
}
