import MissionCore
import SQLite

/// Which of `plan_missions` a run would choose, and the one pass over them that tells the plan.
struct PlanSelection {
  private let condition: FilterSQL
  private let rule: SelectionRule
  private let sql: SelectionSQL

  init(_ rule: SelectionRule) {
    condition = FilterSQL(rule.filter)
    self.rule = rule
    sql = Self.sql(rule)
  }

  private static func sql(_ rule: SelectionRule) -> SelectionSQL {
    SelectionSQL(rule, listed: "is_listed = 1", kept: "is_kept = 1", due: "is_due = 1")
  }

  private var eligible: String { "\(condition.condition) AND \(sql.chosen)" }

  /// The order of a run with every part ascending, so that it can be compared as one value.
  private var key: String {
    rule.order == .oldest ? "-priority, date_start, id" : "-priority, -date_start, id"
  }

  func sweep(_ connection: SQLiteConnection) throws -> MissionPlan {
    let bound = try rule.limit.map { try self.bound(connection, limit: $0) } ?? .none
    let rows = try connection.prepare(
      """
      SELECT media_type, languages, date_start, date_end, status, checkpoint, is_begun,
        chosen \(bound.condition) AS is_selected, base_chosen, failed_earlier, unlisted, retryable, unlisted_again,
        unlisted_retryable, parameters, source
      FROM (SELECT *, \(sql.chosen) AND is_asked AS chosen, \(Self.sql(rule.base).chosen) AND is_asked AS base_chosen,
        \(sql.failedEarlier) AND is_asked AS failed_earlier, \(sql.unlisted) AND is_asked AS unlisted,
        \(sql.retryable) AND is_asked AS retryable, \(sql.unlistedAgain) AND is_asked AS unlisted_again,
        \(sql.unlistedRetryable) AND is_asked AS unlisted_retryable
        FROM (SELECT *, \(condition.condition) AS is_asked FROM temp.plan_missions))
      ORDER BY source, media_type, languages, parameters, date_start
      """)
    // The limit's condition stands before the filter's in the text.
    let next = try bound.bind(rows, from: 1)
    _ = try condition.bind(to: rows, from: next)
    return try read(rows)
  }

  /// Those of the chosen missions that a run asks destination and store for before it scrapes them.
  func asked(
    _ connection: SQLiteConnection, after last: MissionID?, limit: Int
  ) throws -> [(id: MissionID, parameters: MissionParameters)] {
    let bound = try rule.limit.map { try self.bound(connection, limit: $0) } ?? .none
    let rows = try connection.prepare(
      """
      SELECT id, source, date_start, date_end, media_type, languages, parameters FROM temp.plan_missions
      WHERE id > ? \(bound.condition) AND NOT (\(is: .done)) AND checkpoint = \(checkpoint: .scrape)
        AND replaces = 0 AND \(eligible) ORDER BY id LIMIT ?
      """)
    try rows.bind(last ?? MissionID(high: 0, low: 0), at: 1)
    let next = try condition.bind(to: rows, from: try bound.bind(rows, from: 2))
    try rows.bind(limit, at: next)
    var asked: [(id: MissionID, parameters: MissionParameters)] = []
    while try rows.step() {
      let parameters = MissionParameters(
        source: rows.text(1) ?? "", dateStart: rows.day(2), dateEnd: rows.day(3),
        mediaType: MediaType(stored: rows.integer(4)),
        languages: (rows.text(5) ?? "").split(separator: ",").map(String.init), values: rows.parameters(6))
      asked.append((rows.missionID(0), parameters))
    }
    return asked
  }

  private func read(_ rows: SQLiteStatement) throws -> MissionPlan {
    var plan = MissionPlan()
    var gaps = GapSweep()
    var kind: (type: Int64, languages: [UInt8], parameters: [UInt8], source: [UInt8])?
    while try rows.step() {
      let type = rows.integer(0)
      let isSameKind =
        kind?.type == type && rows.withTextBytes(1) { $0.elementsEqual(kind?.languages ?? []) }
        && rows.withTextBytes(14) { $0.elementsEqual(kind?.parameters ?? []) }
        && rows.withTextBytes(15) { $0.elementsEqual(kind?.source ?? []) }
      if !isSameKind {
        let text = rows.text(1) ?? ""
        kind = (
          type, Array(text.utf8), rows.withTextBytes(14) { Array($0) }, rows.withTextBytes(15) { Array($0) }
        )
        gaps.begin(
          MissionPlan.Kind(
            mediaType: MediaType(stored: type), languages: text.split(separator: ",").map(String.init),
            parameters: rows.parameters(14), source: rows.text(15) ?? ""))
      }
      let isSelected = rows.integer(7) != 0
      gaps.add(from: rows.day(2), to: rows.day(3), isSelected: isSelected)
      count(rows, isSelected: isSelected, &plan)
      countOthers(rows, isSelected: isSelected, &plan.selection)
    }
    gaps.end()
    plan.gaps = gaps.gaps
    return plan
  }

  /// What other options would choose as well.
  private func countOthers(_ row: SQLiteStatement, isSelected: Bool, _ selection: inout Selection) {
    if isSelected { selection.selected += 1 }
    if !isSelected { selection.more += row.int(8) }
    selection.failedEarlier += row.int(9)
    selection.unlisted += row.int(10)
    if !isSelected { selection.retryable += row.int(11) }
    selection.unlistedAgain += row.int(12)
    selection.unlistedRetryable += row.int(13)
  }

  private func count(_ row: SQLiteStatement, isSelected: Bool, _ plan: inout MissionPlan) {
    guard isSelected else {
      switch MissionStatus(stored: row.integer(4)) {
      case .done: plan.skipped.done += 1
      case .failed: plan.skipped.failed += 1
      case .cancelled: plan.skipped.cancelled += 1
      case .pending, .queued, .running: plan.skipped.notSelected += 1
      }
      return
    }
    plan.selected += 1
    let isDone = MissionStatus(stored: row.integer(4)) == .done
    let starts = isDone || Checkpoint(stored: row.integer(5)) == .scrape
    plan.bySource[row.text(15) ?? "", default: MissionPlan.SourceShare()].selected += 1
    if starts { plan.bySource[row.text(15) ?? "", default: MissionPlan.SourceShare()].starts += 1 }
    plan.from = min(plan.from ?? row.day(2), row.day(2))
    plan.to = max(plan.to ?? row.day(3), row.day(3))
    if isDone {
      plan.refreshed += 1
      return
    }
    guard row.integer(6) != 0 else { return }
    switch Checkpoint(stored: row.integer(5)) {
    case .scrape: plan.resumed.scrape += 1
    case .db: plan.resumed.db += 1
    case .s3: plan.resumed.s3 += 1
    }
  }

  /// Where the limit cuts: the key of the last mission that is chosen.
  private struct Bound {
    var condition = ""
    var key: (priority: Int64, day: Int64, id: MissionID)?

    static let none = Bound()
    static let nothing = Bound(condition: "AND 0")

    /// Answers the place of the next value.
    func bind(_ statement: SQLiteStatement, from first: Int32) throws -> Int32 {
      guard let key else { return first }
      try statement.bind(key.priority, at: first)
      try statement.bind(key.day, at: first + 1)
      try statement.bind(key.id, at: first + 2)
      return first + 3
    }
  }

  private func bound(_ connection: SQLiteConnection, limit: Int) throws -> Bound {
    if limit <= 0 { return .nothing }
    let row = try connection.prepare(
      "SELECT \(key) FROM temp.plan_missions WHERE \(eligible) ORDER BY \(key) LIMIT 1 OFFSET ?")
    let next = try condition.bind(to: row)
    try row.bind(limit - 1, at: next)
    // No such row: fewer match than the limit allows.
    guard try row.step() else { return .none }
    return Bound(
      condition: "AND (\(key)) <= (?, ?, ?)", key: (row.integer(0), row.integer(1), row.missionID(2)))
  }
}
