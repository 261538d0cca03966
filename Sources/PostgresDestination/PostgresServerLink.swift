import MissionCore
import Ports
import Synchronization
import Threads

/// The way to the server, shared by all connections: logs in, and judges errors by whether it ever answered.
final class PostgresServerLink: Sendable {
  let settings: PostgresSettings
  private let libpq: Libpq
  /// Whether a login succeeded in this run.
  private let hasAnswered = Atomic(false)

  /// The oldest server whose COPY, jsonb and ON CONFLICT are tested.
  static let oldestVersion = 120_000

  init(_ settings: PostgresSettings, libpq: Libpq) {
    self.settings = settings
    self.libpq = libpq
  }

  /// A connection to a server that we can work with.
  func connect() throws(LibpqError) -> LibpqConnection {
    let connection = try LibpqConnection(
      libpq, parameters: settings.parameters, deadline: .now + settings.connectTimeout)
    hasAnswered.store(true, ordering: .relaxed)
    return connection
  }

  /// In the destination's words; secrets are masked.
  func error(_ error: LibpqError, at place: Message? = nil) -> DestinationError {
    var error = error
    error.message = UntrustedText.message(error.message, limit: 400, masking: settings.redactor)
    let mapped = DestinationError(error, hasAnswered: hasAnswered.load(ordering: .relaxed), at: place)
    return DestinationError(
      mapped.code, UntrustedText.message(mapped.message, limit: 400, masking: settings.redactor),
      severity: mapped.severity, advice: mapped.advice)
  }

  /// For one statement. The server counts by itself; a little later we give up without its answer.
  var statementDeadline: Moment { .now + settings.statementTimeout + .seconds(5) }

  /// Why a server is of no use; nil when it is.
  static func fault(version: Int, encoding: String, isInRecovery: Bool) -> DestinationError? {
    guard version >= oldestVersion else {
      return DestinationError(
        .destinationRefused, "the server is PostgreSQL \(versionText(version)), 12 or newer is required",
        advice: "upgrade the server")
    }
    guard encoding == "UTF8" else {
      return DestinationError(
        .destinationRefused, "the database has the encoding \(encoding), UTF8 is required",
        advice: "create it with ENCODING 'UTF8' TEMPLATE template0")
    }
    guard !isInRecovery else {
      return DestinationError(
        .destinationTimedOut, "the server is a standby and takes no writes",
        advice: "name the primary, or add target_session_attrs=read-write to storage_db.connection_string")
    }
    return nil
  }

  /// `15.13` for 150013, `9.6` for 90624.
  static func versionText(_ version: Int) -> String {
    version >= 100_000
      ? "\(version / 10_000).\(version % 10_000)" : "\(version / 10_000).\(version / 100 % 100)"
  }
}
