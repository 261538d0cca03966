import MissionCore
import Ports

/// The tables of a PostgreSQL destination and their versions. As with SQLite, `mission_control_schema` marks them as
/// ours and holds the version.
struct PostgresSchema {
  /// The schema's name, quoted.
  let quoted: String
  let name: String

  init(_ name: String) {
    self.name = name
    quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  var missions: String { "\(quoted).missions" }
  func table(_ name: TableName) -> String { "\(quoted).\"\(name)\"" }
  var tables: String { "\(quoted).mission_control_tables" }
  /// A table's name for `regclass`, between the quotes of a literal.
  func literal(_ table: String) -> String { "\(quoted).\(table)".replacing("'", with: "''") }
  /// The tables' numbers, as a list for `IN`.
  func oids(_ tables: [TableName]) -> String {
    tables.map { "'\(literal("\"\($0)\""))'::regclass" }.joined(separator: ", ")
  }
  private var versions: String { "\(quoted).mission_control_schema" }

  /// Any number that others hardly choose: machines that start at once take turns by it.
  private static let advisoryLock = 0x6D69_7373_696F_6E31

  /// One step for each version, in order; a step that was released is never changed.
  ///
  /// `COLLATE "C"` compares bytes: it is faster than a language's order, and an upgrade of the system's library
  /// cannot damage the index.
  private var migrations: [String] {
    [
      """
      CREATE TABLE \(missions) (
        mission_id uuid CONSTRAINT missions_pkey PRIMARY KEY, source text NOT NULL, date_start date NOT NULL,
        date_end date NOT NULL, media_type text NOT NULL, languages text NOT NULL, ads_count bigint NOT NULL,
        rows_count bigint NOT NULL, sha256 text NOT NULL, run_id text NOT NULL, loaded_at timestamptz NOT NULL
      );
      CREATE TABLE \(quoted).ads (
        mission_id uuid NOT NULL, ad_id text COLLATE "C" NOT NULL, position bigint NOT NULL, data jsonb NOT NULL,
        CONSTRAINT ads_pkey PRIMARY KEY (mission_id, ad_id)
      );
      """,
      """
      ALTER TABLE \(missions) ADD COLUMN parameters jsonb NOT NULL DEFAULT '{}', \
      ADD COLUMN table_name text NOT NULL DEFAULT 'ads', ADD COLUMN kept_files jsonb NOT NULL DEFAULT '[]'
      """,
      """
      CREATE TABLE \(tables) (name text PRIMARY KEY, version integer NOT NULL); \
      INSERT INTO \(tables) VALUES ('ads', 1)
      """,
    ]
  }

  /// What the newest version has: column, type, place in the primary key.
  private static let expected: [(table: String, columns: [String])] = [
    (
      "missions",
      [
        "mission_id uuid 1", "source text 0", "date_start date 0", "date_end date 0", "media_type text 0",
        "languages text 0", "ads_count bigint 0", "rows_count bigint 0", "sha256 text 0", "run_id text 0",
        "loaded_at timestamp with time zone 0", "parameters jsonb 0", "table_name text 0",
        "kept_files jsonb 0",
      ]
    ),
    ("mission_control_tables", ["name text 1", "version integer 0"]),
  ]

  /// A table of records of any other name than `ads`.
  func recordTable(_ name: TableName) -> String {
    """
    CREATE TABLE \(table(name)) (
      mission_id uuid NOT NULL, \(name.idColumn) text COLLATE "C" NOT NULL, position bigint NOT NULL, \
    data jsonb NOT NULL, PRIMARY KEY (mission_id, \(name.idColumn))
    )
    """
  }

  /// Inside a transaction: creates or migrates the tables and makes sure that they are as they should be.
  func prepare(_ session: PostgresSession) throws(DestinationError) {
    if try version(session) < migrations.count {
      try lock(session)
      try migrate(from: try version(session), session)
    }
    for (table, columns) in Self.expected { try verify(table, columns, session) }
    try verify(.ads, session)
  }

  /// Whoever comes second finds the tables made when it gets the lock, which ends with the transaction.
  func lock(_ session: PostgresSession) throws(DestinationError) {
    _ = try session.query("SELECT pg_catalog.pg_advisory_xact_lock(\(Self.advisoryLock))", [])
  }

  /// 0 for a database without our tables; refuses tables of these names that are not ours, and newer versions.
  private func version(_ session: PostgresSession) throws(DestinationError) -> Int {
    let names = ["mission_control_schema", "missions", "ads", "mission_control_tables"]
    let found = try relations(names, session)
    guard found.contains("mission_control_schema") else {
      guard let table = found.first else { return 0 }
      throw foreign(table, "name another storage_db.schema")
    }
    let rows = try session.query("SELECT coalesce(max(version), 0) FROM \(versions)", [])
    guard let version = rows.first?[0].flatMap({ Int($0) }), version > 0 else {
      throw unfit("\(name).mission_control_schema holds no version", DestinationAdvice.tables)
    }
    guard version <= migrations.count else {
      throw unfit(
        "the tables in \(name) have version \(version), newer than \(migrations.count) that this program knows",
        "update the program")
    }
    return version
  }

  private func migrate(from version: Int, _ session: PostgresSession) throws(DestinationError) {
    guard version < migrations.count else { return }
    if version == 0 {
      let schemas = try session.query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", [name])
      if schemas.isEmpty { try session.run("CREATE SCHEMA \(quoted)") }
      try session.run("CREATE TABLE \(versions) (version integer PRIMARY KEY)")
    }
    if version > 0 { try requireOwnership(from: version, session) }
    for (index, migration) in migrations.enumerated() where index >= version {
      try session.run(migration)
      _ = try session.query("INSERT INTO \(versions) VALUES (\(index + 1))", [])
    }
  }

  /// Who may load need not be who may alter the tables.
  private func requireOwnership(from version: Int, _ session: PostgresSession) throws(DestinationError) {
    let isOwner = try session.query(
      """
      SELECT pg_catalog.bool_and(pg_catalog.pg_has_role(relowner, 'USAGE')), pg_catalog.quote_ident(current_user) FROM pg_catalog.pg_class
      WHERE oid IN ('\(literal("missions"))'::regclass, '\(literal("mission_control_schema"))'::regclass)
      """, [])
    if isOwner.first?[0] == "t" { return }
    let user = isOwner.first?[1] ?? "PUBLIC"
    let steps = migrations.enumerated().filter { $0.offset >= version }
    var statements = steps.map { "\($0.element); INSERT INTO \(versions) VALUES (\($0.offset + 1));" }
    statements.append("GRANT SELECT, INSERT ON \(tables) TO \(user);")
    throw unfit(
      "the tables in \(name) have version \(version) and this user may not alter them",
      "have their owner type: \(statements.joined(separator: " "))")
  }

  /// Those of the names that a relation of the schema has.
  func relations(_ names: [String], _ session: PostgresSession) throws(DestinationError) -> [String] {
    try session.query(
      """
      SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relname = ANY ($2::text[]) ORDER BY 1
      """, [name, "{\(names.joined(separator: ","))}"]
    ).map { $0[0] ?? "" }
  }

  /// A table of records is as we made it.
  func verify(_ table: TableName, _ session: PostgresSession) throws(DestinationError) {
    let columns = ["mission_id uuid 1", "\(table.idColumn) text 2", "position bigint 0", "data jsonb 0"]
    try verify(table.description, columns, session)
  }

  private func verify(
    _ table: String, _ columns: [String], _ session: PostgresSession
  ) throws(DestinationError) {
    let rows = try session.query(
      """
      SELECT a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) || ' '
        || coalesce((SELECT k.place FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
                     WHERE k.attnum = a.attnum), 0)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE n.nspname = $1 AND c.relname = $2
      """, [name, table])
    let found = Set(rows.compactMap { $0[0] })
    guard let missing = columns.first(where: { !found.contains($0) }) else { return }
    let column = missing.prefix { $0 != " " }
    throw unfit("the column \(name).\(table).\(column) is missing or was altered", DestinationAdvice.tables)
  }

  /// Of a relation that is somebody else's.
  func foreign(_ table: String, _ advice: Message) -> DestinationError {
    unfit("the table \(name).\(table) was not created by Mission Control", advice)
  }

  func unfit(_ why: Message, _ advice: Message) -> DestinationError {
    DestinationError(.destinationDoesNotFit, why, advice: advice)
  }
}
