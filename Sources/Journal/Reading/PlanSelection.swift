import MissionCore
import SQLite

/// Which of `plan_missions` a run would choose, and the one pass over them that tells the plan.
struct PlanSelection {
  private let condition: FilterSQL
  private let order: MissionOrder
  private let statuses: String

  init(_ filter: MissionFilter, _ order: MissionOrder, retryFailed: Bool) {
    condition = FilterSQL(filter)
    self.order = order
    // What runs now is what the next run would find interrupted.
    statuses = retryFailed ? "0, 1, 2, 4" : "0, 1, 2"
  }

  private var eligible: String { "status IN (\(statuses)) AND \(condition.condition)" }

  /// The order of a run with every part ascending, so that it can be compared as one value.
  private var key: String { order == .oldest ? "-priority, date_start, id" : "-priority, -date_start, id" }

  func sweep(_ connection: SQLiteConnection, limit: Int?) throws -> MissionPlan {
    let bound = try limit.map { try self.bound(connection, limit: $0) } ?? .none
    let rows = try connection.prepare(
      """
      SELECT media_type, languages, date_start, date_end, status, checkpoint, is_begun,
        \(eligible) \(bound.condition) AS is_selected
      FROM temp.plan_missions ORDER BY media_type, languages, date_start
      """)
    let next = try condition.bind(to: rows)
    try bound.bind(rows, from: next)
    return try read(rows)
  }

  private func read(_ rows: SQLiteStatement) throws -> MissionPlan {
    var plan = MissionPlan()
    var gaps = GapSweep()
    var kind: (type: Int64, languages: [UInt8])?
    while try rows.step() {
      let type = rows.integer(0)
      let isSameKind = rows.withTextBytes(1) { kind?.type == type && $0.elementsEqual(kind?.languages ?? []) }
      if !isSameKind {
        let text = rows.text(1) ?? ""
        kind = (type, Array(text.utf8))
        gaps.begin(MediaType(stored: type), languages: text.split(separator: ",").map(String.init))
      }
      let isSelected = rows.integer(7) != 0
      gaps.add(from: rows.day(2), to: rows.day(3), isSelected: isSelected)
      count(rows, isSelected: isSelected, &plan)
    }
    gaps.end()
    plan.gaps = gaps.gaps
    return plan
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
    plan.from = min(plan.from ?? row.day(2), row.day(2))
    plan.to = max(plan.to ?? row.day(3), row.day(3))
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

    func bind(_ statement: SQLiteStatement, from first: Int32) throws {
      guard let key else { return }
      try statement.bind(key.priority, at: first)
      try statement.bind(key.day, at: first + 1)
      try statement.bind(key.id, at: first + 2)
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
