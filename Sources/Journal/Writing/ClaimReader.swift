import MissionCore
import SQLite

/// A place in the run order, behind the last mission that was claimed.
public struct ClaimCursor: Hashable, Sendable {
  var isDeferred: Bool
  var priority: Int64
  var day: Int32
  var mission: MissionID
}

/// Pages through the QUEUED missions in run order, each page one seek in the index, deferred ones last.
///
/// The index is ascending by day; the newest first are read day by day, backwards.
final class ClaimReader {
  private struct Group {
    let isDeferred: Bool
    let priority: Int64
  }

  private let runs: RunDirectory
  private let nextGroup: SQLiteStatement
  private let groupPage: SQLiteStatement
  private let dayPage: SQLiteStatement
  private let earlierDay: SQLiteStatement
  private let withJobPage: SQLiteStatement

  private static let queue =
    "FROM missions INDEXED BY missions_queue WHERE \(Schema.isNotDone) AND \(is: .queued)"

  init(_ connection: SQLiteConnection, runs: RunDirectory) throws {
    self.runs = runs
    let queue = Self.queue
    nextGroup = try connection.prepare(
      """
      SELECT deferred, priority \(queue) AND deferred = ?1 AND priority < ?2 ORDER BY priority DESC LIMIT 1
      """, isPersistent: true)
    groupPage = try connection.prepare(
      """
      SELECT \(MissionColumns.list) \(queue) AND deferred = ?1 AND priority = ?2
        AND (date_start, id) > (?3, ?4) AND (?6 IS NULL OR source = ?6) ORDER BY date_start, id LIMIT ?5
      """, isPersistent: true)
    dayPage = try connection.prepare(
      """
      SELECT \(MissionColumns.list) \(queue) AND deferred = ?1 AND priority = ?2
        AND date_start = ?3 AND id > ?4 AND (?6 IS NULL OR source = ?6) ORDER BY id LIMIT ?5
      """, isPersistent: true)
    earlierDay = try connection.prepare(
      """
      SELECT date_start \(queue) AND deferred = ?1 AND priority = ?2 AND date_start < ?3
      ORDER BY date_start DESC LIMIT 1
      """, isPersistent: true)
    withJobPage = try connection.prepare(
      """
      SELECT \(MissionColumns.list) FROM missions INDEXED BY missions_with_job
      WHERE \(Schema.withJob) AND status = ?1 ORDER BY id
      """)
  }

  func page(
    of names: SourceNames, after cursor: ClaimCursor?, order: MissionOrder, limit: Int
  ) throws -> ([MissionRecord], ClaimCursor?) {
    var page: [MissionRecord] = []
    var place = cursor
    if place == nil { place = try firstPlace(order) }
    while let current = place, page.count < limit {
      let found = try fill(&page, of: names, after: current, order: order, limit: limit)
      place = try found ?? firstPlace(order, behind: current)
    }
    guard let last = place else { return (page, nil) }
    return (page, last)
  }

  /// Missions of that status that a worker may still have a job of.
  func withJob(_ status: MissionStatus) throws -> [MissionRecord] {
    try withJobPage.bind(status.stored, at: 1)
    defer { withJobPage.reset() }
    var missions: [MissionRecord] = []
    while try withJobPage.step() { missions.append(try MissionColumns.decode(withJobPage, runs: runs)) }
    return missions
  }

  /// Reads on inside the group of `place`; answers where that ended, nil at the group's end.
  private func fill(
    _ page: inout [MissionRecord], of names: SourceNames, after place: ClaimCursor, order: MissionOrder,
    limit: Int
  ) throws -> ClaimCursor? {
    let statement = order == .oldest ? groupPage : dayPage
    try statement.bind(place.isDeferred ? 1 : 0, at: 1)
    try statement.bind(place.priority, at: 2)
    try statement.bind(Int64(place.day), at: 3)
    try statement.bind(place.mission, at: 4)
    try statement.bind(limit - page.count, at: 5)
    try statement.bind(names.only, at: 6)
    defer { statement.reset() }
    var place = place
    while try statement.step() {
      let mission = try MissionColumns.decode(statement, runs: runs)
      place.day = mission.parameters.dateStart.daysSinceEpoch
      place.mission = mission.id
      page.append(mission)
    }
    if page.count == limit { return place }
    guard order == .newest else { return nil }
    return try place.before(earlierDay(than: place))
  }

  /// The place before the first mission of the queue, or of the groups behind that of `place`.
  private func firstPlace(_ order: MissionOrder, behind place: ClaimCursor? = nil) throws -> ClaimCursor? {
    var group = try next(isDeferred: place?.isDeferred ?? false, below: place?.priority)
    if group == nil, place?.isDeferred != true { group = try next(isDeferred: true, below: nil) }
    guard let group else { return nil }
    let start = ClaimCursor(
      isDeferred: group.isDeferred, priority: group.priority, day: order == .oldest ? .min : .max,
      mission: MissionID(high: 0, low: 0))
    return order == .oldest ? start : try start.before(earlierDay(than: start))
  }

  private func next(isDeferred: Bool, below priority: Int64?) throws -> Group? {
    try nextGroup.bind(isDeferred ? 1 : 0, at: 1)
    // Priorities come from files as Int; the largest one is given up for "no bound".
    try nextGroup.bind(priority ?? Int64.max, at: 2)
    defer { nextGroup.reset() }
    guard try nextGroup.step() else { return nil }
    return Group(isDeferred: nextGroup.integer(0) != 0, priority: nextGroup.integer(1))
  }

  private func earlierDay(than place: ClaimCursor) throws -> Int32? {
    try earlierDay.bind(place.isDeferred ? 1 : 0, at: 1)
    try earlierDay.bind(place.priority, at: 2)
    try earlierDay.bind(Int64(place.day), at: 3)
    defer { earlierDay.reset() }
    return try earlierDay.step() ? Int32(truncatingIfNeeded: earlierDay.integer(0)) : nil
  }
}

extension ClaimCursor {
  /// The place before the first mission of `day` in the same group; nil without a day.
  fileprivate func before(_ day: Int32?) -> ClaimCursor? {
    guard let day else { return nil }
    var place = self
    place.day = day
    place.mission = MissionID(high: 0, low: 0)
    return place
  }
}
