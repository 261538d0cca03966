import MissionCore
import SQLite

/// Keeps the small tables that answer `status` without counting missions.
///
/// Changes of one transaction are summed and written before its commit. A tally always equals what
/// counting the missions would give; those of a run stop moving when the run has ended or a later one has
/// begun, so that an old run's numbers stay what they were.
final class TallyWriter {
  private struct Ended {
    var done = 0
    var failed = 0
  }

  private var statuses = StatusCounts()
  /// By quarters of an hour since 1970.
  private var quarters: [Int64: Ended] = [:]
  private var runs: [Int64: RunCounts] = [:]
  private var hasChanges = false
  /// The latest moment that a step of this transaction tells of.
  private var latest: Timestamp?
  /// Who wants to know which missions end.
  var ends: EndLog?

  private let addToStatus: SQLiteStatement
  private let addToQuarter: SQLiteStatement
  private let addToRun: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    addToStatus = try connection.prepare(
      "UPDATE status_tallies SET missions = missions + ?2 WHERE status = ?1", isPersistent: true)
    addToQuarter = try connection.prepare(
      """
      INSERT INTO quarter_tallies (quarter, done, failed) VALUES (?1, ?2, ?3)
      ON CONFLICT (quarter) DO UPDATE SET done = done + excluded.done, failed = failed + excluded.failed
      """, isPersistent: true)
    addToRun = try connection.prepare(
      """
      UPDATE runs SET selected = selected + ?2, done = done + ?3, failed = failed + ?4,
        cancelled = cancelled + ?5, ads = ads + ?6, recovered = recovered + ?8,
        alive_at = CASE WHEN coalesce(alive_at, 0) < ?7 THEN ?7 ELSE alive_at END
      WHERE number = ?1 AND finished_at IS NULL AND number = (SELECT max(number) FROM runs)
      """, isPersistent: true)
  }

  /// A mission went from one state to another.
  func move(from old: JournaledState, to new: JournaledState, at time: Timestamp? = nil) {
    if old.status == new.status, old.run == new.run { return }
    hasChanges = true
    if let time { latest = max(latest ?? time, time) }
    ends?.note(old, new)
    add(old, times: -1)
    add(new, times: 1)
  }

  /// A mission is no more.
  func remove(_ state: JournaledState) {
    hasChanges = true
    add(state, times: -1)
  }

  /// `count` missions went from one unfinished status to another.
  func move(_ count: Int, from old: MissionStatus, to new: MissionStatus) {
    statuses[old] -= count
    statuses[new] += count
    hasChanges = true
  }

  func add(imported count: Int) {
    statuses.pending += count
    hasChanges = true
  }

  /// A mission of the run was found to be done already.
  func addRecovered(to run: Int64) {
    runs[run, default: RunCounts()].recovered += 1
    hasChanges = true
  }

  func add(selected count: Int, run: Int64) {
    runs[run, default: RunCounts()].selected += count
    hasChanges = true
  }

  /// Writes the sums; inside the transaction that made them.
  func flush() throws {
    guard hasChanges else { return }
    for status in MissionStatus.allCases where statuses[status] != 0 {
      try addToStatus.bind(status.stored, at: 1)
      try addToStatus.bind(statuses[status], at: 2)
      try addToStatus.run()
    }
    for (quarter, counts) in quarters where counts.done != 0 || counts.failed != 0 {
      try addToQuarter.bind(quarter, at: 1)
      try addToQuarter.bind(counts.done, at: 2)
      try addToQuarter.bind(counts.failed, at: 3)
      try addToQuarter.run()
    }
    for (run, counts) in runs where counts != RunCounts() { try flush(counts, run: run) }
    forget()
  }

  /// After a rollback.
  func forgetAll() {
    ends?.forget()
    forget()
  }

  private func forget() {
    guard hasChanges else { return }
    statuses = StatusCounts()
    quarters.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    latest = nil
    hasChanges = false
  }

  private func flush(_ counts: RunCounts, run: Int64) throws {
    try addToRun.bind(run, at: 1)
    try addToRun.bind(counts.selected, at: 2)
    try addToRun.bind(counts.done, at: 3)
    try addToRun.bind(counts.failed, at: 4)
    try addToRun.bind(counts.cancelled, at: 5)
    try addToRun.bind(counts.ads, at: 6)
    try addToRun.bind(latest?.milliseconds, at: 7)
    try addToRun.bind(counts.recovered, at: 8)
    try addToRun.run()
  }

  private func add(_ state: JournaledState, times sign: Int) {
    statuses[state.status] += sign
    if let run = state.run {
      runs[run, default: RunCounts()].selected += sign
      switch state.status {
      case .done:
        runs[run]!.done += sign
        runs[run]!.ads += Int64(sign) * state.adsCount
      case .failed: runs[run]!.failed += sign
      case .cancelled: runs[run]!.cancelled += sign
      default: break
      }
    }
    guard let quarter = state.finishedAt.map({ $0.milliseconds / Self.quarter }) else { return }
    if state.status == .done { quarters[quarter, default: Ended()].done += sign }
    if state.status == .failed { quarters[quarter, default: Ended()].failed += sign }
  }

  /// Milliseconds. The days of every zone begin with one.
  static let quarter: Int64 = 900_000
}
