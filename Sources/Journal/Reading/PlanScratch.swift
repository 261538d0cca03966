import MissionCore
import SQLite

/// Works out what a run would do, without writing the journal: the rows of the files go to a temporary
/// database on disk, are joined with the journal there, and one sorted pass tells the plan.
///
/// For one thread. The temporary database goes with the object.
public final class PlanScratch {
  private let connection: SQLiteConnection
  private let path: String
  private let insert: SQLiteStatement
  private var rowCount = 0

  /// - Parameter journal: nil when there is none yet; every row is new then.
  public init(journal path: String?) throws(JournalError) {
    self.path = path ?? "(none)"
    do {
      connection = try path.map { try ReadConnection.open($0, isQueryOnly: false) } ?? Self.emptyJournal()
      try connection.execute(
        """
        PRAGMA temp.cache_size = -4096;
        CREATE TEMP TABLE plan_rows (
          place INTEGER PRIMARY KEY, id BLOB, date_start INT, date_end INT, media_type INT, languages TEXT, priority INT,
          parameters TEXT, source TEXT, due_of_window INT, due_of_file INT, schedule TEXT);
        CREATE TEMP TABLE plan_missions (
          id BLOB PRIMARY KEY, status INT, checkpoint INT, is_begun INT, date_start INT, date_end INT, media_type INT,
          languages TEXT, priority INT, error_code INT, run INT, is_listed INT, is_kept INT,
          parameters TEXT, source TEXT, is_due INT, schedule TEXT, replaces INT) WITHOUT ROWID;
        BEGIN;
        """)
      insert = try connection.prepare(
        """
        INSERT INTO temp.plan_rows (id, date_start, date_end, media_type, languages, priority, parameters, source,
          due_of_window, due_of_file, schedule)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isPersistent: true)
    } catch {
      throw JournalError(error, path: self.path)
    }
  }

  /// Takes rows of the files, in their order.
  public func add(_ batch: [ImportedMission]) throws(JournalError) { try add(batch, as: ImportListing()) }

  /// The same with what makes DONE missions due again.
  package func add(_ batch: [ImportedMission], as listing: ImportListing) throws(JournalError) {
    rowCount += batch.count
    do {
      for mission in batch {
        let parameters = mission.parameters
        try insert.bind(mission.id, at: 1)
        try insert.bind(Int64(parameters.dateStart.daysSinceEpoch), at: 2)
        try insert.bind(Int64(parameters.dateEnd.daysSinceEpoch), at: 3)
        try insert.bind(parameters.mediaType.stored, at: 4)
        try insert.bind(
          parameters.languages.count == 1 ? parameters.languages[0] : parameters.languageList, at: 5)
        try insert.bind(mission.priority, at: 6)
        try insert.bind(parameters.values.stored, at: 7)
        try insert.bind(parameters.source, at: 8)
        let due = listing.dueBefore[parameters.source]?.milliseconds
        try insert.bind(listing.isWindow ? due : nil, at: 9)
        try insert.bind(listing.isWindow ? nil : due, at: 10)
        try insert.bind(listing.schedule, at: 11)
        try insert.run()
      }
    } catch {
      throw JournalError(error, path: path)
    }
  }

  /// The plan over everything that was added; once, at the end. The rules are those of `Journal.select`.
  public func plan(_ rule: SelectionRule) throws(JournalError) -> MissionPlan {
    do {
      let distinct = try join()
      var plan = try PlanSelection(rule).sweep(connection)
      plan.duplicates = rowCount - distinct
      return plan
    } catch {
      throw JournalError(error, path: path)
    }
  }

  /// After `plan`: a page of the chosen missions whose ledger row a run would ask for first, by id, behind `last`: those
  /// that are to be scraped and replace nothing. Fewer than `limit` only at the end.
  package func asked(
    _ rule: SelectionRule, after last: MissionID?, limit: Int
  ) throws(JournalError) -> [(id: MissionID, parameters: MissionParameters)] {
    do { return try PlanSelection(rule).asked(connection, after: last, limit: limit) } catch {
      throw JournalError(error, path: path)
    }
  }

  /// Fills `plan_missions` with every mission of the files and the journal; answers how many the files name.
  private func join() throws -> Int {
    // Of a mission's rows the last counts, as in importing; only its priority can differ. The grouping sorts
    // by id, so the rows arrive in the order of the table they go to.
    try connection.execute(
      """
      INSERT INTO temp.plan_missions
        SELECT r.id, coalesce(m.status, 0), coalesce(m.checkpoint, 0), \(Self.isBegun), r.date_start, r.date_end,
          r.media_type, r.languages, CASE WHEN coalesce(m.status, 0) = 0 THEN r.priority ELSE m.priority END,
          m.error_code, m.run, 1, \(Self.isKept), r.parameters, r.source,
          coalesce(m.\(is: .done) AND m.finished_at < r.due, 0),
          CASE WHEN m.id IS NULL THEN r.schedule ELSE m.schedule END, coalesce(m.replaces, 0)
        FROM (SELECT id, date_start, date_end, media_type, languages, priority, parameters, source, schedule, max(place),
          coalesce(max(due_of_window), max(due_of_file)) AS due
          FROM temp.plan_rows GROUP BY id) r LEFT JOIN main.missions m ON m.id = r.id
      """)
    let distinct = connection.changes
    try connection.execute(
      """
      INSERT INTO temp.plan_missions
        SELECT m.id, m.status, m.checkpoint, \(Self.isBegun), m.date_start, m.date_end, m.media_type, m.languages,
          m.priority, m.error_code, m.run, 0, \(Self.isKept), m.parameters, m.source, 0,
          m.schedule, m.replaces
        FROM main.missions m WHERE NOT EXISTS (SELECT 1 FROM temp.plan_missions p WHERE p.id = m.id) ORDER BY m.id
      """)
    return distinct
  }

  private static let isKept = "coalesce(\(SelectionSQL.kept), 0)"

  private static let isBegun = """
    coalesce(m.\(is: .running) OR m.checkpoint > \(checkpoint: .scrape) OR (m.status < \(status: .running)
      AND (m.job_id IS NOT NULL OR m.unanswered_start = 1)), 0)
    """

  /// A journal without missions, so that the same statements serve when there is none.
  private static func emptyJournal() throws -> SQLiteConnection {
    let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
    try connection.execute("PRAGMA temp_store = FILE; PRAGMA cache_size = -\(ReadConnection.cacheKiB)")
    try Migrator.current.migrate(connection, path: ":memory:", from: 0)
    try FilterSQL.install(on: connection)
    return connection
  }
}
