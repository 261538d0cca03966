import MissionCore

/// Has libpq read a connection string before anything is done with it.
enum Conninfo {
  /// Whether libpq understands it. Its message is not given: it quotes the text near the fault, which may be a part
  /// of a password.
  static func isUnderstood(_ connectionString: Secret, by libpq: Libpq) -> Bool {
    guard let options = libpq.parseConninfo(connectionString.reveal(), nil) else { return false }
    libpq.freeConninfo(options)
    return true
  }
}
