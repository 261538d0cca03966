import MissionCore

/// What went wrong between libpq and the server.
struct LibpqError: Error, Hashable {
  enum Kind: Hashable {
    /// No connection came about: refused, unknown host, TLS, login.
    case notConnected
    /// The server answered with an error; the connection stands.
    case statement
    /// The connection broke; whether the last statement took effect is unknown.
    case lost
    /// No answer in time; the connection is given up.
    case timedOut
  }

  let kind: Kind
  /// Five characters; nil when the error is not the server's.
  let sqlState: SQLState?
  /// The primary message: no detail and no hint, which may quote values. Words of libpq and the server are foreign and not
  /// cleaned.
  var message: Message
  var constraint: String?
  /// The row of a COPY that the server complains about, from 1.
  var copyRow: Int?

  init(_ kind: Kind, _ message: Message) {
    self.kind = kind
    self.message = message
    sqlState = nil
  }

  init(_ kind: Kind, foreign words: String, sqlState: SQLState? = nil) {
    self.kind = kind
    message = "\(foreign: words)"
    self.sqlState = sqlState
  }

  /// Finds the row in the context of an error, whose words depend on the server's language: `COPY ads, line 3, …`.
  static func copyRow(inContext context: String) -> Int? {
    for line in context.split(separator: "\n") where line.hasPrefix("COPY ") {
      // The table's name holds no digit.
      let digits = line.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }
      if let row = Int(digits), row > 0 { return row }
    }
    return nil
  }

  /// Takes apart what libpq says when no connection came about: with verbose errors the code of a server's refusal
  /// stands in its text, `FATAL:  28P01: password authentication failed for user "me"`.
  static func notConnected(_ text: String) -> LibpqError {
    var state: SQLState?
    var lines: [String] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("\t") {
      // Left out: advice of libpq's own, behind a tab; where in the server's source; detail and hint, which may quote
      // values.
      if ["LOCATION:", "DETAIL:", "HINT:"].contains(where: line.hasPrefix) { continue }
      let (found, rest) = withoutState(line)
      state = found ?? state
      lines.append(rest)
    }
    return LibpqError(.notConnected, foreign: lines.joined(separator: "; "), sqlState: state)
  }

  private static func withoutState(_ line: Substring) -> (SQLState?, String) {
    let parts = line.split(separator: ":  ", maxSplits: 1)
    guard parts.count == 2, let end = parts[1].firstIndex(of: ":"), let state = SQLState(parts[1][..<end])
    else { return (nil, String(line)) }
    return (state, parts[0] + ": " + parts[1][end...].dropFirst(2))
  }
}
