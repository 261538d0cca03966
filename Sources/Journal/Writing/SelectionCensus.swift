import MissionCore
import SQLite

/// Counts what a choice left out, and why. Only what is not DONE is looked at; what is FAILED is found by index.
struct SelectionCensus {
  let store: JournalStore
  let rule: SelectionRule

  private var connection: SQLiteConnection { store.connection }

  private func sql(_ rule: SelectionRule) -> SelectionSQL {
    SelectionSQL(rule, listed: store.importer.listed, kept: SelectionSQL.kept, due: store.importer.due)
  }

  /// After `temp.chosen` is filled and before anything is changed.
  ///
  /// - Parameter queued: chosen missions that are not in it.
  func take(selected: Int, besides queued: Int) throws -> Selection {
    var selection = Selection()
    selection.selected = selected
    let sql = sql(rule)
    let isLeftOut = "number NOT IN (SELECT number FROM temp.chosen)"
    let failed = try sums(
      of: [sql.failedEarlier, retryable(isLeftOut), sql.unlistedAgain, sql.unlistedRetryable],
      where: "\(is: .failed)")
    (selection.failedEarlier, selection.retryable) = (failed[0], failed[1])
    (selection.unlistedAgain, selection.unlistedRetryable) = (failed[2], failed[3])
    if try !isEveryUnfinishedChosen(besides: queued) {
      selection.unlisted = try sums(of: [sql.unlisted], where: "\(is: .pending, .queued)")[0]
    }
    if rule.limit != nil {
      selection.more = try sums(
        of: ["\(self.sql(rule.base).chosen) AND \(isLeftOut)"], where: "\(is: .pending, .queued, .failed)")[0]
      selection.more += try dueLeftOut(isLeftOut)
    }
    return selection
  }

  /// Without a limit all of them are chosen, or none, and the list of those that are need not be searched.
  private func retryable(_ isLeftOut: String) -> String {
    let all = sql(rule).retryable
    guard rule.retriesFailed else { return all }
    return rule.limit == nil ? "0" : "\(all) AND \(isLeftOut)"
  }

  /// Then nothing is unlisted, and nobody need look at a million missions again.
  private func isEveryUnfinishedChosen(besides queued: Int) throws -> Bool {
    let unfinished = try connection.integer(
      "SELECT sum(missions) FROM status_tallies WHERE \(is: .pending, .queued, .running)")
    let chosen = try connection.integer(
      "SELECT count(*) FROM temp.chosen WHERE NOT \(is: .failed, .done)")
    return unfinished == Int64(queued) + (chosen ?? 0)
  }

  private func dueLeftOut(_ isLeftOut: String) throws -> Int {
    guard try store.importer.hasDue() else { return 0 }
    let condition = FilterSQL(rule.filter)
    let row = try connection.prepare(
      """
      SELECT count(*) FROM missions WHERE \(store.importer.due) AND \(is: .done) AND \(isLeftOut)
        AND \(condition.condition)
      """)
    _ = try condition.bind(to: row)
    return try row.step() ? row.int(0) : 0
  }

  /// Of the run that chose by this rule and is over.
  func failures(run: Int64) throws -> FailuresToRepeat {
    let base = sql(rule.base)
    let found = try sums(
      of: [base.chosen, base.retryable, base.unlistedAgain], where: "\(is: .failed) AND +run = \(run)")
    var failures = FailuresToRepeat()
    (failures.again, failures.retryable, failures.unlistedAgain) = (found[0], found[1], found[2])
    return failures
  }

  /// The first of the listed missions that stay FAILED, in run order.
  func failedEarlier(limit: Int, except run: Int64) throws -> [MissionRecord] {
    let condition = FilterSQL(rule.filter)
    let rows = try connection.prepare(
      """
      SELECT \(MissionColumns.list) FROM missions
      WHERE \(Schema.isNotDone) AND \(is: .failed) AND +run IS NOT \(run) AND \(condition.condition)
        AND \(sql(rule).failedEarlier)
      ORDER BY \(FilterSQL.order(.oldest)) LIMIT ?
      """)
    let next = try condition.bind(to: rows)
    try rows.bind(limit, at: next)
    var missions: [MissionRecord] = []
    while try rows.step() { missions.append(try MissionColumns.decode(rows, runs: store.runs)) }
    return missions
  }

  /// For each condition how many of the rule's missions it is true of.
  private func sums(of conditions: [String], where status: String) throws -> [Int] {
    let condition = FilterSQL(rule.filter)
    let row = try connection.prepare(
      """
      SELECT \(conditions.map { "coalesce(sum(\($0)), 0)" }.joined(separator: ", ")) FROM missions
      WHERE \(Schema.isNotDone) AND \(status) AND \(condition.condition)
      """)
    _ = try condition.bind(to: row)
    guard try row.step() else { return conditions.map { _ in 0 } }
    return conditions.indices.map { row.int(Int32($0)) }
  }
}
