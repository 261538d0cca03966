import Synchronization
import TestServers
import Testing

/// A database with a role of its own, in a PostgreSQL that all tests of this program share.
struct PostgresDatabase {
  static let password = "canary-database-password"

  let server: PostgresServer
  let name: String

  private static let shared = Result { try PostgresServer() }
  private static let number = Atomic(0)

  init() throws {
    server = try Self.shared.get()
    name = "site_\(Self.number.wrappingAdd(1, ordering: .relaxed).newValue)"
    try server.sql("CREATE ROLE \(name) LOGIN PASSWORD '\(Self.password)'")
    try server.sql("CREATE DATABASE \(name) OWNER \(name)")
  }

  func sql(_ sql: String) throws -> [String] { try server.sql(sql, database: name) }

  /// As the configuration has it.
  var connectionString: String { server.url(name, user: name, password: "${DATABASE_PASSWORD}") }
}

extension Installation {
  /// Has the ads go to a new PostgreSQL database.
  func usePostgres() throws {
    let database = try PostgresDatabase()
    postgres = database
    environment["DATABASE_PASSWORD"] = PostgresDatabase.password
    try configure("\"sqlite:state/ads.sqlite\"", "\"\(database.connectionString)\"")
  }

  /// What was loaded, for comparison between databases: `jsonb` has its own order of keys and its own spaces.
  func loadedValues() throws -> [String] {
    try destination("SELECT mission_id, ad_id, position FROM ads ORDER BY mission_id, ad_id")
      + destination(
        """
        SELECT mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count, sha256
        FROM missions ORDER BY mission_id
        """)
  }

  func loadedAds() throws -> [JSON] {
    try destination("SELECT data FROM ads ORDER BY mission_id, ad_id").map { try JSON(text: $0) }
  }
}
