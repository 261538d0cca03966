import MissionCore
import SQLite

/// What the rule says of a mission, in what was found beside it too.
struct PlanVerdict {
  let isChosen: Bool
  /// Without what only concerns FAILED missions that need a person.
  let isBaseChosen: Bool
  let isFailedEarlier: Bool
  let isUnlisted: Bool
  let isRetryable: Bool
  let isUnlistedAgain: Bool
  let isUnlistedRetryable: Bool
}

/// Answers what a rule says, by the rule's own text (`SelectionSQL`): once for each state that missions are in.
final class PlanVerdicts {
  private let connection: SQLiteConnection
  private let row: SQLiteStatement
  private var known: [PlanState: PlanVerdict] = [:]

  init(_ rule: SelectionRule) throws(SQLiteError) {
    connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
    let sql = Self.sql(rule)
    row = try connection.prepare(
      """
      SELECT \(sql.chosen), \(Self.sql(rule.base).chosen), \(sql.failedEarlier), \(sql.unlisted), \(sql.retryable),
        \(sql.unlistedAgain), \(sql.unlistedRetryable)
      FROM (SELECT ?1 AS status, ?2 AS error_code, ?3 AS is_listed, ?4 AS is_kept, ?5 AS is_due)
      """, isPersistent: true)
  }

  private static func sql(_ rule: SelectionRule) -> SelectionSQL {
    SelectionSQL(rule, listed: "is_listed = 1", kept: "is_kept = 1", due: "is_due = 1")
  }

  subscript(state: PlanState) -> PlanVerdict {
    get throws(SQLiteError) {
      if let verdict = known[state] { return verdict }
      let verdict = try ask(state)
      known[state] = verdict
      return verdict
    }
  }

  private func ask(_ state: PlanState) throws(SQLiteError) -> PlanVerdict {
    try row.bind(state.storedStatus, at: 1)
    try row.bind(state.storedError, at: 2)
    try row.bind(state.isListed ? 1 : 0, at: 3)
    try row.bind(state.isKept ? 1 : 0, at: 4)
    try row.bind(state.isDue ? 1 : 0, at: 5)
    defer { row.reset() }
    _ = try row.step()
    // Nothing counts that the rule's filter leaves out.
    func holds(_ column: Int32) -> Bool { state.isAsked && row.integer(column) != 0 }
    return PlanVerdict(
      isChosen: holds(0), isBaseChosen: holds(1), isFailedEarlier: holds(2), isUnlisted: holds(3),
      isRetryable: holds(4), isUnlistedAgain: holds(5), isUnlistedRetryable: holds(6))
  }
}
