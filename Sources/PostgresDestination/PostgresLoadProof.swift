import MissionCore
import Ports
import Records

/// Compares what the tables hold after a load with what the bytes say, before it is committed.
struct PostgresLoadProof {
  /// Rows that a transaction put into the tables of records and took out of them.
  struct Changes {
    var inserted = 0
    var deleted = 0
  }

  private let session: PostgresSession
  private let request: LoadRequest
  private let plan: RowPlan
  /// Where rows of an earlier load were, when that was another table.
  private let former: TableName?
  private var table: TableName { request.table.name }
  /// What the server had counted before the load; nil when nobody else changes what is written.
  private let before: Changes?

  /// To be made when the ledger row is written and nothing else.
  ///
  /// - Parameter isWatched: whether the tables have somebody else's triggers, rules or policies.
  init(
    _ session: PostgresSession, _ request: LoadRequest, _ plan: RowPlan, from former: TableName?,
    isWatched: Bool
  ) throws(DestinationError) {
    self.session = session
    self.request = request
    self.plan = plan
    self.former = former
    before = isWatched ? try Self.counted(by: session, request.table.name, former) ?? Changes() : nil
  }

  /// - Parameter ours: rows that our own statements changed, as they say themselves.
  func require(_ ours: Changes, _ planned: PlannedBytes) throws(DestinationError) {
    guard ours.inserted == plan.rows else {
      throw swallowed(RowDifference(in: table).count(ours.inserted, of: plan.rows))
    }
    // What waits for COMMIT changes the rows now, where it can still be seen.
    if before != nil { try session.run("SET CONSTRAINTS ALL IMMEDIATE") }
    try requireRows()
    guard let before else { return }
    try requireOthers(before, ours)
    let difference = try PostgresComparison(session, table, request.mission).firstDifference(
      from: plan, planned)
    if let difference { throw swallowed(difference) }
  }

  private func swallowed(_ difference: Message) -> DestinationError {
    DestinationError(swallowed: difference, table: table)
  }

  /// The records and the ledger row are there, and nothing is left in the former table.
  private func requireRows() throws(DestinationError) {
    let row = try session.query(
      """
      SELECT (SELECT count(*) FROM \(session.schema.table(table)) WHERE mission_id = $1),
        (SELECT count(*) FROM \(session.schema.missions)
         WHERE mission_id = $1 AND sha256 = $2 AND ads_count = $3 AND rows_count = $4 AND table_name = $5)
      """,
      [
        request.mission.description, request.sha256, "\(plan.elements)", "\(plan.rows)", table.description,
      ]
    ).first
    let found = row?[0].flatMap { Int($0) } ?? 0
    guard found == plan.rows else {
      throw swallowed(RowDifference(in: table).count(found, of: plan.rows))
    }
    guard row?[1] == "1" else { throw swallowed(RowDifference.ledger) }
    guard let former else { return }
    let left = try session.count(request.mission, in: former)
    guard left == 0 else { throw swallowed(RowDifference(in: former).count(left, of: 0)) }
  }

  /// Rows of other missions must be what they were: of all that this transaction changed, only ours.
  private func requireOthers(_ before: Changes, _ ours: Changes) throws(DestinationError) {
    // Not known where the server does not count.
    guard let after = try Self.counted(by: session, table, former) else { return }
    let added = after.inserted - before.inserted - ours.inserted
    let removed = after.deleted - before.deleted - ours.deleted
    guard added > 0 || removed > 0 else { return }
    throw swallowed(RowDifference.others(added: added, removed: removed))
  }

  /// What the server has counted so far, also of transactions before this one.
  private static func counted(
    by session: PostgresSession, _ table: TableName, _ former: TableName?
  ) throws(DestinationError) -> Changes? {
    let row = try session.query(
      """
      SELECT pg_catalog.sum(n_tup_ins), pg_catalog.sum(n_tup_del) FROM pg_catalog.pg_stat_xact_all_tables
      WHERE relid IN (\(session.schema.oids([table, former ?? table])))
        AND pg_catalog.current_setting('track_counts')::bool
      """, []
    ).first
    guard let row, let inserted = row[0].flatMap({ Int($0) }), let deleted = row[1].flatMap({ Int($0) })
    else { return nil }
    return Changes(inserted: inserted, deleted: deleted)
  }
}

extension PostgresSchema {
  /// Whether somebody else's triggers, rules or policies may change what is written.
  func isWatched(_ tables: [TableName]) -> String {
    """
    EXISTS (SELECT FROM pg_catalog.pg_class c
      WHERE c.oid IN (\(oids(tables)), '\(literal("missions"))'::regclass)
        AND (c.relrowsecurity OR c.relhasrules
          OR EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)))
    """
  }
}
