import MissionCore
import SQLite

/// Chooses the missions of a run (SPEC 2, 4, 6), in transactions of some thousands so that memory stays flat and
/// a crash in between only means choosing again.
struct MissionSelector {
  let store: JournalStore
  let run: Int64
  let at: Timestamp
  /// Asked between transactions; false breaks the selection off, which the next run does anew.
  var isWanted: @Sendable () -> Bool = { true }

  private static let chunk = 10_000
  /// QUEUED missions that are taken over row by row. Of more than that no report lists those that nobody has begun.
  private static let mostRows: Int64 = 20_000

  private var connection: SQLiteConnection { store.connection }

  func select(_ rule: SelectionRule) throws -> Selection {
    try store.reading { try store.importer.commit() }
    let queued = try store.reading { try queuedTakenWhole(rule) }
    let chosen = try choose(rule, withQueued: queued == 0)
    let selected = chosen + queued
    let selection = try store.reading {
      try SelectionCensus(store: store, rule: rule).take(selected: selected, besides: queued)
    }
    for first in stride(from: 1, through: chosen, by: Self.chunk) {
      guard isWanted() else { throw JournalError.stopped }
      let last = first + Self.chunk - 1
      try store.transaction {
        try putBackDue(first, last)
        try reopenFailed(first, last)
        try queuePending(first, last)
        try takeOverQueued(first, last)
      }
    }
    if queued == 0 { try setBackLeftovers() } else { store.transitions.ownerOfQueued = run }
    try connection.execute("DELETE FROM temp.chosen")
    let total = try connection.integer("SELECT sum(missions) FROM status_tallies") ?? 0
    try store.transaction {
      if queued > 0 { store.tallies.add(selected: queued - store.importer.chosenAtOnce, run: run) }
      try connection.execute(
        """
        UPDATE runs SET skipped = \(Int(total) - selected), failed_earlier = \(selection.failedEarlier)
        WHERE number = \(run)
        """)
    }
    return selection
  }

  /// How many QUEUED missions are this run's without a look at any of them, because files name every one and the rule takes
  /// all that is named; 0 when they have to be chosen one by one.
  ///
  /// Their rows name the run that queued them until their first step.
  private func queuedTakenWhole(_ rule: SelectionRule) throws -> Int {
    guard rule.takesAllListed else { return 0 }
    let queued = try connection.integer("SELECT missions FROM status_tallies WHERE \(is: .queued)") ?? 0
    let running = try connection.integer("SELECT missions FROM status_tallies WHERE \(is: .running)") ?? 0
    let isEachNamed = Int(queued) == store.importer.chosenAtOnce + store.importer.knownUnderWay
    return isEachNamed && running == 0 && queued > Self.mostRows ? Int(queued) : 0
  }

  /// Fills `temp.chosen`, whose places count from 1.
  private func choose(_ rule: SelectionRule, withQueued: Bool) throws -> Int {
    try connection.execute(
      """
      CREATE TEMP TABLE IF NOT EXISTS chosen (
        place INTEGER PRIMARY KEY, number INTEGER NOT NULL, status INTEGER NOT NULL);
      DELETE FROM temp.chosen;
      """)
    let condition = FilterSQL(rule.filter)
    let sql = SelectionSQL(
      rule, listed: store.importer.listed, kept: SelectionSQL.kept, due: store.importer.due)
    // What is DONE is in no index: what is due again is found by its number.
    let hasDue = try store.importer.hasDue()
    let columns = "SELECT number, status, priority, date_start, id FROM missions WHERE"
    let due = "UNION ALL \(columns) \(store.importer.due) AND \(is: .done) AND \(condition.condition)"
    let (open, still) = ("\(is: .pending, .queued, .failed)", "\(is: .pending, .failed)")
    // Without a limit the order is of no matter, and sorting a million would be.
    let tail = rule.limit == nil ? "" : "ORDER BY \(FilterSQL.order(rule.order)) LIMIT ?"
    let insert = try connection.prepare(
      """
      INSERT INTO temp.chosen (number, status) SELECT number, status FROM (
        \(columns) \(Schema.isNotDone) AND \(withQueued ? open : still) AND \(condition.condition)
        AND \(sql.chosen) \(hasDue ? due : "")) \(tail)
      """)
    var next = try condition.bind(to: insert)
    if hasDue { next = try condition.bind(to: insert, from: next) }
    if let limit = rule.limit { try insert.bind(limit, at: next) }
    try insert.run()
    return Int(try connection.integer("SELECT count(*) FROM temp.chosen") ?? 0)
  }

  private func reopenFailed(_ first: Int, _ last: Int) throws {
    try each(.failed, first, last) { number in
      try store.transitions.reopen(number: number, isWish: false, at: at, run: run)
    }
  }

  /// What the files and windows want again, because it was done long ago.
  private func putBackDue(_ first: Int, _ last: Int) throws {
    try each(.done, first, last) { number in
      _ = try store.transitions.rerun(number: number, isWish: false, at: at, run: run)
    }
  }

  /// Makes chosen missions of that status PENDING.
  private func each(
    _ status: MissionStatus, _ first: Int, _ last: Int, _ putBack: (Int64) throws -> Void
  ) throws {
    let place = "place BETWEEN \(first) AND \(last) AND status = \(status: status)"
    let rows = try connection.prepare("SELECT number FROM temp.chosen WHERE \(place)")
    var numbers: [Int64] = []
    while try rows.step() { numbers.append(rows.integer(0)) }
    guard !numbers.isEmpty else { return }
    rows.reset()
    for number in numbers { try putBack(number) }
    try connection.execute("UPDATE temp.chosen SET status = \(status: .pending) WHERE \(place)")
  }

  private func queuePending(_ first: Int, _ last: Int) throws {
    let chosen = "temp.chosen c WHERE c.place BETWEEN \(first) AND \(last) AND c.\(is: .pending)"
    // The plus keeps SQLite from walking the index of everything that this run has already.
    let own =
      try connection.integer(
        "SELECT count(*) FROM missions m WHERE +m.run = \(run) AND m.number IN (SELECT c.number FROM \(chosen))"
      ) ?? 0
    try connection.execute(
      """
      INSERT INTO events (mission, seq, at, run, attempt, kind)
        SELECT m.number, 1 + (SELECT coalesce(max(seq), 0) FROM events e WHERE e.mission = m.number),
          \(at.milliseconds), \(run), 1 + m.retry_count, \(EventKind.queued.stored)
        FROM temp.chosen c CROSS JOIN missions m ON m.number = c.number
        WHERE c.place BETWEEN \(first) AND \(last) AND c.\(is: .pending)
      """)
    let queued = connection.changes
    try connection.execute(
      """
      UPDATE missions SET status = \(status: .queued), run = \(run), queued_at = \(at.milliseconds)
      WHERE number IN (SELECT c.number FROM \(chosen))
      """)
    store.tallies.move(queued, from: .pending, to: .queued)
    store.tallies.add(selected: queued - Int(own), run: run)
  }

  private func takeOverQueued(_ first: Int, _ last: Int) throws {
    try connection.execute(
      """
      UPDATE missions SET run = \(run) WHERE run IS NOT \(run) AND number IN
        (SELECT number FROM temp.chosen WHERE place BETWEEN \(first) AND \(last) AND \(is: .queued))
      """)
    store.tallies.add(selected: connection.changes, run: run)
  }

  /// What earlier runs had chosen and this one does not: back to PENDING, with job id and checkpoint kept.
  private func setBackLeftovers() throws {
    try connection.execute(
      """
      DELETE FROM temp.chosen;
      INSERT INTO temp.chosen (number, status)
        SELECT number, status FROM missions WHERE \(Schema.isNotDone) AND \(is: .queued) AND run IS NOT \(run)
      """)
    let leftovers = Int(try connection.integer("SELECT count(*) FROM temp.chosen") ?? 0)
    for first in stride(from: 1, through: leftovers, by: Self.chunk) {
      guard isWanted() else { throw JournalError.stopped }
      try store.transaction {
        try connection.execute(
          """
          UPDATE missions SET status = \(status: .pending) WHERE number IN
            (SELECT number FROM temp.chosen WHERE place BETWEEN \(first) AND \(first + Self.chunk - 1))
          """)
        store.tallies.move(connection.changes, from: .queued, to: .pending)
      }
    }
  }
}
