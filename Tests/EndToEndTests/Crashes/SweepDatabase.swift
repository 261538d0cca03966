import TestServers

/// Where the ads of a sweep go, when not to the SQLite file of the installation.
protocol SweepDestination: Sendable {
  /// As a new one.
  func clear() throws
  /// In the order of missions and records; empty before the first load.
  var rows: [String] { get throws }
  /// What it says of each mission, which comes first.
  func ledger(columns: String) throws -> [String]
  /// What must not be there at the end.
  var problems: [String] { get throws }
}

extension SweepDestination {
  var problems: [String] { [] }
}

/// A database of its own for one installation of a sweep.
struct SweepDatabase: SweepDestination {
  let server: PostgresServer
  let name: String

  init(on server: PostgresServer, name: String) throws {
    self.server = server
    self.name = name
    try server.sql("CREATE DATABASE \(name)")
  }

  var url: String { server.url(name) }

  /// As a new database. Waits for what a killed run left open there.
  func clear() throws {
    try server.sql(
      "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public", database: name)
  }

  var rows: [String] {
    get throws { try isMade ? read("SELECT mission_id, ad_id, position, data FROM ads ORDER BY 1, 2") : [] }
  }

  func ledger(columns: String) throws -> [String] {
    try isMade ? read("SELECT \(columns) FROM missions ORDER BY 1") : []
  }

  private var isMade: Bool {
    get throws { try read("SELECT to_regclass('public.ads') IS NOT NULL") == ["t"] }
  }

  private func read(_ sql: String) throws -> [String] { try server.sql(sql, database: name) }
}
