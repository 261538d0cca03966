import Failpoints
import MissionCore
import Ports
import SQLite

/// The tables of a SQLite destination and their versions.
///
/// `mission_control_schema` marks a file as ours and holds the version. `user_version` and `application_id` are
/// not used: the file may be shared with another program's tables.
struct SQLiteDestinationSchema {
  let connection: SQLiteConnection

  /// One step for each version, in order; a step that was released is never changed.
  ///
  /// `ads` keeps its rowid: without one, random mission ids would place each ad's bytes at random too, which
  /// measures less than half as fast.
  private static let migrations = [
    """
    CREATE TABLE missions (
      mission_id TEXT PRIMARY KEY NOT NULL, source TEXT NOT NULL, date_start TEXT NOT NULL,
      date_end TEXT NOT NULL, media_type TEXT NOT NULL, languages TEXT NOT NULL, ads_count INTEGER NOT NULL,
      rows_count INTEGER NOT NULL, sha256 TEXT NOT NULL, run_id TEXT NOT NULL, loaded_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ads (
      mission_id TEXT NOT NULL, ad_id TEXT NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
      PRIMARY KEY (mission_id, ad_id)
    ) STRICT;
    """,
    """
    ALTER TABLE missions ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE missions ADD COLUMN table_name TEXT NOT NULL DEFAULT 'ads';
    ALTER TABLE missions ADD COLUMN kept_files TEXT NOT NULL DEFAULT '[]';
    """,
    """
    CREATE TABLE mission_control_tables (name TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL) STRICT;
    INSERT INTO mission_control_tables VALUES ('ads', 1);
    """,
  ]

  /// A table of records of any other name than `ads`: one step, like those.
  static func recordTable(_ name: TableName) -> String {
    """
    CREATE TABLE \(SQLiteRecordTable.quoted(name)) (
      mission_id TEXT NOT NULL, \(name.idColumn) TEXT NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
      PRIMARY KEY (mission_id, \(name.idColumn))
    ) STRICT
    """
  }

  /// What the newest version has: column, type, place in the primary key.
  private static let expected: [(table: String, columns: [String])] = [
    (
      "missions",
      [
        "mission_id TEXT 1", "source TEXT 0", "date_start TEXT 0", "date_end TEXT 0", "media_type TEXT 0",
        "languages TEXT 0", "ads_count INTEGER 0", "rows_count INTEGER 0", "sha256 TEXT 0", "run_id TEXT 0",
        "loaded_at TEXT 0", "parameters TEXT 0", "table_name TEXT 0", "kept_files TEXT 0",
      ]
    ),
    ("mission_control_tables", ["name TEXT 1", "version INTEGER 0"]),
  ]

  private static func columns(of table: TableName) -> [String] {
    ["mission_id TEXT 1", "\(table.idColumn) TEXT 2", "position INTEGER 0", "data TEXT 0"]
  }

  /// Creates or migrates the tables in one transaction and makes sure that they are as they should be.
  func prepare() throws(DestinationError) {
    // Nothing is written to a file that is up to date, so that its ledger can be read while another program writes.
    if try version() == Self.migrations.count { return try verifyAll() }
    try transaction { () throws(DestinationError) in
      try migrate(from: try version())
      try verifyAll()
    }
  }

  private func verifyAll() throws(DestinationError) {
    for (table, columns) in Self.expected { try verify(table, columns) }
    try verify(.ads)
  }

  func transaction(_ body: () throws(DestinationError) -> Void) throws(DestinationError) {
    do throws(SQLiteError) { try connection.execute("BEGIN IMMEDIATE") } catch {
      throw DestinationError(error)
    }
    do throws(DestinationError) {
      try body()
      Failpoint.reach("destination.schema.commit.before")
      do throws(SQLiteError) { try connection.execute("COMMIT") } catch { throw DestinationError(error) }
      Failpoint.reach("destination.schema.commit.after")
    } catch {
      // The first error is the one to tell; without a transaction there is nothing to roll back.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// 0 for a file without our tables; refuses tables of these names that are not ours, and newer versions.
  private func version() throws(DestinationError) -> Int {
    guard try exists("mission_control_schema") else {
      for table in ["missions", "ads", "mission_control_tables"] {
        try refuseForeign(table, "name another file or move it away")
      }
      return 0
    }
    let version: Int64?
    do throws(SQLiteError) {
      version = try connection.integer("SELECT max(version) FROM mission_control_schema")
    } catch { throw DestinationError(error) }
    guard let version, version > 0 else { throw unfit("mission_control_schema holds no version") }
    guard version <= Self.migrations.count else {
      throw unfit(
        "its tables have version \(version), newer than \(Self.migrations.count) that this program knows: update it"
      )
    }
    return Int(version)
  }

  private func migrate(from version: Int) throws(DestinationError) {
    guard version < Self.migrations.count else { return }
    do throws(SQLiteError) {
      if version == 0 {
        try connection.execute("CREATE TABLE mission_control_schema (version INTEGER PRIMARY KEY) STRICT")
      }
      for (index, migration) in Self.migrations.enumerated() where index >= version {
        try connection.execute(migration)
        try connection.execute("INSERT INTO mission_control_schema VALUES (\(index + 1))")
      }
    } catch { throw DestinationError(error) }
  }

  /// A table of records is as we made it.
  func verify(_ table: TableName) throws(DestinationError) {
    try verify(table.description, Self.columns(of: table))
  }

  private func verify(_ table: String, _ columns: [String]) throws(DestinationError) {
    let found = try columnsFound(table)
    if let missing = columns.first(where: { !found.contains($0) }) {
      throw unfit("the column \(table).\(missing.prefix { $0 != " " }) is missing or was altered")
    }
    try refuseConflictClause(table)
  }

  /// Of a table that somebody made anew: it can remove rows of other missions without a word.
  private func refuseConflictClause(_ table: String) throws(DestinationError) {
    do throws(SQLiteError) {
      let statement = try connection.prepare(
        """
        SELECT 1 FROM sqlite_schema
        WHERE type = 'table' AND lower(name) = ? AND instr(lower(sql), 'on conflict') > 0
        """)
      try statement.bind(table, at: 1)
      if try statement.step() {
        throw SQLiteError(extendedCode: 1, message: "the table \(table) has an ON CONFLICT clause")
      }
    } catch { throw DestinationError(error) }
  }

  /// Whatever has this name is somebody else's.
  func refuseForeign(_ table: String, _ advice: Message) throws(DestinationError) {
    guard try exists(table) else { return }
    throw unfit("the table \(table) was not created by Mission Control: \(advice)")
  }

  private func columnsFound(_ table: String) throws(DestinationError) -> Set<String> {
    do throws(SQLiteError) {
      let statement = try connection.prepare("SELECT name, type, pk FROM pragma_table_info(?)")
      try statement.bind(table, at: 1)
      var columns: Set<String> = []
      while try statement.step() {
        columns.insert("\(statement.text(0) ?? "") \(statement.text(1) ?? "") \(statement.integer(2))")
      }
      return columns
    } catch { throw DestinationError(error) }
  }

  /// Tables, views and indexes share their names, and SQLite compares names without case.
  func exists(_ name: String) throws(DestinationError) -> Bool {
    do throws(SQLiteError) {
      let statement = try connection.prepare("SELECT 1 FROM sqlite_schema WHERE lower(name) = ?")
      try statement.bind(name, at: 1)
      return try statement.step()
    } catch { throw DestinationError(error) }
  }

  private func unfit(_ why: Message) -> DestinationError { DestinationError(.destinationDoesNotFit, why) }
}
