import KeyTable
import Kind
import MissionCore
import Ports

// `postgresql://…` or libpq's pairs. Whatever no other kind takes is judged here.
extension PostgresConnection: DatabaseKind {
  package static func join(_ parts: [Interpolation.Filled]) -> String? { ConnectionTemplate.text(of: parts) }

  package static func read(
    _ text: String, resolvingPath: (String) -> String
  ) throws(ConnectionFault) -> PostgresConnection? {
    if let scheme = ["postgresql://", "postgres://"].first(where: text.hasPrefix) {
      return try parse(uri: text, scheme: scheme).get()
    }
    return try parse(conninfo: text).get()
  }

  package var secrets: [Secret] { passwords }

  /// Libpq is there and understands the connection string.
  package func requireUsable() throws(DestinationError) {
    _ = try PostgresDestination(PostgresSettings(connectionString: text))
  }

  package func open(
    _ database: DatabasePlace, _ opening: Opening
  ) throws(DestinationError) -> any Destination {
    var settings = PostgresSettings(connectionString: text)
    settings.schema = database.schema
    settings.caFile = database.caFile
    settings.connectTimeout = opening.connect
    settings.statementTimeout = opening.statement
    settings.connectionLimit = min(opening.missionsAtOnce, PostgresSettings.mostConnections)
    settings.redactor = opening.redactor
    return try PostgresDestination(settings)
  }
}
