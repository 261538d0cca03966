import MissionCore

/// How a PostgreSQL destination is reached and used.
package struct PostgresSettings: Sendable {
  /// `postgresql://…` or libpq's `key=value` pairs, as libpq reads them.
  package var connectionString: Secret
  /// The schema of the tables.
  package var schema = "public"
  /// Certificate authorities to trust; with it the server's certificate is verified unless the connection string
  /// has a `sslmode` of its own.
  package var caFile: String?
  /// For a whole login.
  package var connectTimeout = Duration.seconds(10)
  /// For one statement; the server is told, too.
  package var statementTimeout = Duration.seconds(600)
  /// Loads, and therefore connections, at the same time.
  package var connectionLimit = Self.mostConnections
  /// Masks secrets in what libpq and the server say.
  package var redactor = Redactor.none

  /// More connections load no faster, and the server may not have more to spare.
  package static let mostConnections = 8

  package init(connectionString: Secret) { self.connectionString = connectionString }

  /// A server that cannot be reached any more is noticed after about a minute, also in the middle of a load.
  private static let vanishedPeer = [
    ("keepalives", "1"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
    ("tcp_user_timeout", "60000"),
  ]

  /// libpq's parameters: what stands before `dbname` are defaults, which the connection string overrules.
  var parameters: [(keyword: String, value: String)] {
    var parameters = Self.vanishedPeer.map { (keyword: $0.0, value: $0.1) }
    if let caFile {
      parameters.append(("sslrootcert", caFile))
      parameters.append(("sslmode", "verify-full"))
    }
    parameters.append(("fallback_application_name", "mission-control"))
    parameters.append(("dbname", connectionString.reveal()))
    parameters.append(("client_encoding", "UTF8"))
    return parameters
  }
}
