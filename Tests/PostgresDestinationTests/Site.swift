import DestinationSuite
import Foundation
import MissionCore
import Ports
import Synchronization
import TestServers
import TestSupport
import Threads

@testable import PostgresDestination

/// A database of a test's own, with settings for a destination in it.
struct Site {
  let server: PostgresServer
  let database: String

  private static let number = Atomic(0)
  static let mission = DestinationConformance.mission(1)

  init() throws {
    server = try Postgres.server.get()
    database = "site_\(Self.number.wrappingAdd(1, ordering: .relaxed).newValue)"
    try server.sql("CREATE DATABASE \(database)")
  }

  /// For a destination in the database.
  func settings(user: String? = nil, options: String = "") -> PostgresSettings {
    let url =
      user.map { server.url(database, user: $0, password: "canary-\($0)", options: options) }
      ?? server.url(database, options: options)
    var settings = PostgresSettings(connectionString: Secret(url))
    settings.connectionLimit = 4
    settings.statementTimeout = .seconds(60)
    return settings
  }

  func conformance(_ change: (inout PostgresSettings) -> Void = { _ in }) throws -> DestinationConformance {
    var settings = settings()
    change(&settings)
    let reading = try Reading(self, schema: settings.schema)
    return DestinationConformance(
      destination: try PostgresDestination(settings), rows: { try reading.rows($0, $1) }, keepsBytes: false,
      change: { try reading.change($0) })
  }

  @discardableResult
  func sql(_ sql: String) throws -> [String] { try server.sql(sql, database: database) }

  /// A role with the password `canary-<role>`, new in the cluster.
  func createRole(_ name: String, _ options: String = "") throws {
    try sql("CREATE ROLE \(name) LOGIN PASSWORD 'canary-\(name)' \(options)")
  }

  /// Waits until a query has an answer; false when it has none in time.
  func waits(for query: String) throws -> Bool {
    let deadline = Date() + 60
    while Date() < deadline {
      if try !sql(query).isEmpty { return true }
      usleep(20_000)
    }
    return false
  }
}

/// Reads rows with statements of its own, on a connection beside the destination's.
final class Reading {
  private let connection: LibpqConnection
  private let schema: PostgresSchema

  init(_ site: Site, schema: String = "public") throws {
    self.schema = PostgresSchema(schema)
    connection = try LibpqConnection(
      Libpq(), parameters: site.settings().parameters, deadline: .now + .seconds(60))
  }

  /// In the schema of the tables.
  func change(_ sql: String) throws {
    try connection.run("SET search_path = \(schema.quoted); \(sql)", deadline: .now + .seconds(60))
  }

  func rows(_ mission: MissionID, _ table: TableName = .ads) throws -> [DestinationConformance.Row] {
    try connection.query(
      "SELECT \(table.idColumn), position, data FROM \(schema.table(table)) WHERE mission_id = $1 ORDER BY position",
      [mission.description], deadline: .now + .seconds(60)
    ).map { .init(id: $0[0]!, position: Int($0[1]!)!, data: $0[2]!) }
  }
}

/// The error of an answer; nil when it is a success.
func failure<Value>(of answer: Result<Value, DestinationError>) -> DestinationError? {
  guard case .failure(let error) = answer else { return nil }
  return error
}

extension PostgresDestination {
  func checked() -> Result<Message, DestinationError> {
    let reply = Reply<Result<Message, DestinationError>>()
    check([.ads]) { reply.give($0) }
    return reply.wait()
  }
}
