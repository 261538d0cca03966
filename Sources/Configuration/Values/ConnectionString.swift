import MissionCore

/// Which destination the ads go to, and how it is reached.
public enum ConnectionString: Sendable {
  /// The embedded database; the path is already relative to the working directory.
  case sqlite(path: String)
  case postgres(PostgresConnection)

  /// For people: with the passwords replaced. It reads back as a connection string of the same kind.
  public var maskedText: String {
    switch self {
    case .sqlite(let path): return "sqlite:\(path)"
    case .postgres(let connection): return connection.maskedText
    }
  }

  /// The passwords inside.
  public var secrets: [Secret] {
    guard case .postgres(let connection) = self else { return [] }
    return connection.passwords
  }

  /// Why a text is no connection string; never holds any of it.
  struct Fault: Error {
    let rule: String
    init(_ rule: String) { self.rule = rule }
  }

  static func parse(_ secret: Secret, resolvingPath: (String) -> String) -> Result<ConnectionString, Fault> {
    let text = secret.reveal()
    if text.hasPrefix("sqlite:") {
      let path = String(text.dropFirst("sqlite:".count))
      guard !path.isEmpty else { return .failure(Fault("must name a file: sqlite:PATH")) }
      guard path != ":memory:" else {
        return .failure(Fault("must name a file; a database in memory would keep nothing"))
      }
      return .success(.sqlite(path: resolvingPath(path)))
    }
    if let scheme = ["postgresql://", "postgres://"].first(where: text.hasPrefix) {
      return PostgresConnection.parse(uri: text, scheme: scheme).map(ConnectionString.postgres)
    }
    return PostgresConnection.parse(conninfo: text).map(ConnectionString.postgres)
  }
}
