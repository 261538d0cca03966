import MissionCore
import Ports

extension DestinationError {
  /// What libpq's error means for a load (SPEC 8, FAULTS "Destination").
  ///
  /// - Parameters:
  ///   - hasAnswered: whether a login succeeded in this run; what is refused then is expected to come back.
  ///   - place: where it happened, for instance the ad's position.
  init(_ error: LibpqError, hasAnswered: Bool, at place: Message? = nil) {
    let meaning = Meaning(error, hasAnswered: hasAnswered)
    var message: Message = place.map { "\($0): " } ?? ""
    message += meaning.remark ?? error.message
    if let state = error.sqlState { message += " (SQLSTATE \(state))" }
    self.init(meaning.code, message, severity: meaning.severity, advice: meaning.advice)
  }

  private struct Meaning {
    var code: ErrorCode
    var severity: Severity?
    /// Instead of the server's message, where that is not clear by itself.
    var remark: Message?
    var advice: Message?

    init(_ code: ErrorCode, severity: Severity? = nil, remark: Message? = nil, advice: Message? = nil) {
      self.code = code
      self.severity = severity
      self.remark = remark
      self.advice = advice
    }

    init(_ error: LibpqError, hasAnswered: Bool) {
      guard let state = error.sqlState else {
        switch error.kind {
        case .timedOut: self.init(.destinationTimedOut, advice: DestinationAdvice.reach)
        case .lost: self.init(.destinationTimedOut)
        case .notConnected:
          let isTLS = ["SSL", "certificate"].contains(where: error.message.plain.contains)
          self = Self.away(hasAnswered, isTLS ? DestinationAdvice.tls : DestinationAdvice.reach)
        case .statement: self.init(.destinationOther)
        }
        return
      }
      self = Self.single(state, error, hasAnswered) ?? Self.ofClass(state, hasAnswered)
    }

    /// Not there: for good when it never answered in this run, else for a while.
    private static func away(_ hasAnswered: Bool, _ advice: Message) -> Meaning {
      hasAnswered ? Meaning(.destinationTimedOut) : Meaning(.destinationRefused, advice: advice)
    }

    /// The codes that mean something else than their class.
    private static func single(_ state: SQLState, _ error: LibpqError, _ hasAnswered: Bool) -> Meaning? {
      switch state.description {
      case "28P01": return Meaning(.destinationRefused, advice: DestinationAdvice.password)
      case "3D000": return Meaning(.destinationRefused, advice: DestinationAdvice.database)
      case "42501": return Meaning(.destinationRefused, advice: DestinationAdvice.privileges)
      case "57P04": return Meaning(.destinationRefused, advice: DestinationAdvice.database)
      case "57P03": return away(hasAnswered, "wait until the server has started, then run again")
      // Connections are given back again; so is a database that was made read-only for a while.
      case "53300": return Meaning(.destinationTimedOut, advice: DestinationAdvice.connections)
      case "25006", "25P03", "25P04": return Meaning(.destinationTimedOut)
      // Somebody holds a lock; or another process loads the same mission at this moment.
      case "55P03", "55006": return Meaning(.destinationOther, severity: .transient())
      case "23505":
        let isOurs = ["ads_pkey", "missions_pkey"].contains(error.constraint)
        return isOurs ? Meaning(.destinationOther, severity: .transient()) : Meaning(.destinationDoesNotFit)
      case "72000": return Meaning(.destinationOther, severity: .transient())
      case "22P05", "22021":
        return Meaning(
          .destinationDoesNotFit,
          remark: "holds a character that PostgreSQL cannot store, as \\u0000: \(error.message)",
          advice: DestinationAdvice.values)
      default: return nil
      }
    }

    private static func ofClass(_ state: SQLState, _ hasAnswered: Bool) -> Meaning {
      switch state.sqlClass {
      case "08": return away(hasAnswered, DestinationAdvice.reach)
      case "28": return Meaning(.destinationRefused, advice: DestinationAdvice.login)
      // Deadlock, serialization failure.
      case "40": return Meaning(.destinationOther, severity: .transient())
      // Disk full, out of memory; the system's errors, the server's own.
      case "53", "55", "58", "F0", "XX", "25": return Meaning(.destinationOther)
      // Cancelled by the statement time-out or by an administrator, shut down, crashed.
      case "57": return Meaning(.destinationTimedOut)
      // What is left is about the tables or the values: a missing column, a wrong type, a constraint, a trigger that
      // objects, a value too large. A person must look at it.
      default: return Meaning(.destinationDoesNotFit, advice: DestinationAdvice.tables)
      }
    }
  }
}

/// What to do about a PostgreSQL destination that fails, for `check` and the report.
enum DestinationAdvice {
  static let reach: Message =
    "is the server running and reachable, and are host and port in storage_db.connection_string right?"
  static let tls: Message = "check sslmode, sslrootcert and the host name in storage_db.connection_string"
  static let login: Message =
    "check user, database and TLS in storage_db.connection_string against the server's pg_hba.conf"
  static let password: Message = "check user and password in storage_db.connection_string"
  static let database: Message =
    "create the database (createdb NAME) or check its name in storage_db.connection_string"
  static let privileges: Message =
    "GRANT CREATE, USAGE ON SCHEMA to the user of storage_db.connection_string, or make it the owner of the tables"
  static let connections: Message = "raise the limit of connections, or lower execution.max_concurrency"
  static let values: Message = "load into SQLite, or have the worker leave such characters out"
  static let tables: Message = "mend the tables, or name another storage_db.schema"
}
