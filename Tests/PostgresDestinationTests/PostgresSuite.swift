import TestServers
import Testing

/// A real PostgreSQL, one for all tests, which therefore follow each other; each has a database of its own.
@Suite(
  .serialized,
  .enabled(
    if: PostgresServer.isInstalled, "Debian's package postgresql is not installed (Tests/run.sh does it)"),
  .timeLimit(.minutes(10)))
enum Postgres {
  static let server = Result { try PostgresServer() }
}
