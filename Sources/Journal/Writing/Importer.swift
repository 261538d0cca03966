import Failpoints
import MissionCore
import SQLite

/// A mission as a file names it.
public typealias ImportedMission = (id: MissionID, parameters: MissionParameters, priority: Int)

/// What became of imported rows. Their sum is the number of rows.
public struct ImportCounts: Hashable, Sendable {
  /// Rows that made a mission.
  public var new = 0
  /// Rows of missions that the journal knew before this process began to import.
  public var known = 0
  /// Rows of missions that an earlier row of this process had named.
  public var duplicates = 0

  public init() {}

  public static func + (left: ImportCounts, right: ImportCounts) -> ImportCounts {
    var sum = left
    sum.new += right.new
    sum.known += right.known
    sum.duplicates += right.duplicates
    return sum
  }
}

/// Adds missions that are not known yet (PENDING); never resets one that is.
final class Importer {
  private let connection: SQLiteConnection
  private let tallies: TallyWriter
  private let events: EventWriter
  private let insert: SQLiteStatement
  private let tell: SQLiteStatement
  private let known: SQLiteStatement
  private let reprioritize: SQLiteStatement
  private let markDue: SQLiteStatement
  private let origins: OriginDirectory
  /// The last row was of a mission that was known: the next one is looked for before it is inserted.
  private var expectsKnown = false
  /// Missions from this number on were made by this process.
  private var firstNew: Int64 = 0
  private var waitingRows = 0
  /// Missions that were made by this process and QUEUED for its run as they came.
  private(set) var chosenAtOnce = 0
  /// Missions that were known, and QUEUED or RUNNING when a file named them first.
  private(set) var knownUnderWay = 0
  /// Missions that were known before and named by a file of this process.
  private var seen = PositionSet()
  private var isOpen = false
  /// The journal has no missions but those of the open transaction.
  private var isEmpty = false
  private var indexes = DeferredIndexes()

  /// Rows in one transaction when the caller says that more will come: the random places of ids in their
  /// index make small transactions write the same pages again and again.
  private static let rowsPerTransaction = 100_000
  /// Rows after which an empty journal's indexes are put away until all rows are there, which are then one transaction.
  private static let rowsOfLargeImport = 20_000

  init(_ connection: SQLiteConnection, tallies: TallyWriter, events: EventWriter) throws {
    self.connection = connection
    self.tallies = tallies
    self.events = events
    // Missions that are DONE and due again; forgotten with the connection.
    try connection.execute("CREATE TEMP TABLE due (number INTEGER PRIMARY KEY)")
    origins = OriginDirectory(connection)
    insert = try connection.prepare(
      """
      INSERT INTO missions (id, source, date_start, date_end, media_type, languages, priority, created_at,
        parameters, origin, origin_line, status, run, queued_at, schedule)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, iif(?12 IS NULL, \(status: .pending), \(status: .queued)),
        ?12, iif(?12 IS NULL, NULL, ?8), ?13)
      ON CONFLICT (id) DO NOTHING
      """, isPersistent: true)
    // The second only where the mission is chosen at once.
    tell = try connection.prepare(
      """
      INSERT INTO events (mission, seq, at, run, attempt, kind)
      VALUES (?1, 1, ?2, ?3, 1, \(EventKind.imported.stored)), (?1, 2, ?2, ?3, 1, \(EventKind.queued.stored))
      """, isPersistent: true)
    known = try connection.prepare(
      "SELECT number, status, priority, finished_at, run FROM missions WHERE id = ?", isPersistent: true)
    reprioritize = try connection.prepare(
      "UPDATE missions SET priority = ?2 WHERE number = ?1", isPersistent: true)
    markDue = try connection.prepare("INSERT OR IGNORE INTO temp.due VALUES (?)", isPersistent: true)
    firstNew = (try connection.integer("SELECT max(number) FROM missions") ?? 0) + 1
    isEmpty = firstNew == 1
    // No statement runs once the importer is gone.
    try connection.addFunction(Self.wasSeen, argumentCount: 1) { [unowned self] arguments in
      seen.contains(Int(arguments.integer(0))) ? 1 : 0
    }
  }

  /// True for a row of `missions` that a file of this process has named, also before this run in the same process.
  var listed: String { "(number >= \(firstNew) OR \(Self.wasSeen)(number))" }

  private static let wasSeen = "mission_was_seen"

  /// True for a DONE row of `missions` that a row of this process says is due again.
  var due: String { "number IN (SELECT number FROM temp.due)" }

  func hasDue() throws -> Bool { try connection.integer("SELECT 1 FROM temp.due LIMIT 1") != nil }

  func add(
    _ batch: [ImportedMission], _ listing: ImportListing, at time: Timestamp, run: Int64?
  ) throws -> ImportCounts {
    try begin()
    var counts = ImportCounts()
    let choosing = listing.choosesNew ? run : nil
    for (index, mission) in batch.enumerated() {
      // Writes nothing for what is known, which is the rule of every night but the first.
      if expectsKnown, try meetAgain(mission, listing, choosing, &counts) { continue }
      try add(
        mission, listing, line: listing.lines.isEmpty ? nil : listing.lines[index], at: time, run: run,
        choosing,
        &counts)
    }
    tallies.add(imported: counts.new)
    if let choosing {
      tallies.move(counts.new, from: .pending, to: .queued)
      tallies.add(selected: counts.new, run: choosing)
      chosenAtOnce += counts.new
    }
    waitingRows += batch.count
    if isEmpty, waitingRows >= Self.rowsOfLargeImport, !indexes.areAway {
      try indexes.putAway(connection)
    }
    if waitingRows >= Self.rowsPerTransaction, !indexes.areAway { try commit() }
    return counts
  }

  private func begin() throws {
    guard !isOpen else { return }
    try connection.execute("BEGIN IMMEDIATE")
    isOpen = true
  }

  /// Writes down up to where slots were seen, in the transaction that their missions are added in, and commits it.
  func note(_ schedules: [ScheduleNote], run: Int64?) throws {
    try begin()
    Failpoint.reach("schedules.note.before")
    let see = try connection.prepare(
      "INSERT INTO schedules VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at")
    let make = try connection.prepare("INSERT INTO made_slots VALUES (?, ?, ?, ?, ?, ?)")
    for note in schedules {
      try see.bind(note.name, at: 1)
      try see.bind(note.seenAt, at: 2)
      try see.run()
      guard let run, let made = note.made else { continue }
      try make.bind(run, at: 1)
      try make.bind(note.name, at: 2)
      try make.bind(made.slots, at: 3)
      try make.bind(made.missions, at: 4)
      try make.bind(made.first, at: 5)
      try make.bind(made.last, at: 6)
      try make.run()
    }
    try commit()
  }

  /// Commits what is open; nothing happens when nothing is.
  func commit() throws {
    guard isOpen else { return }
    try tallies.flush()
    try indexes.bringBack(connection)
    Failpoint.reach("journal.import.commit.before")
    try connection.execute("COMMIT")
    Failpoint.reach("journal.import.commit.after")
    isEmpty = false
    forget()
  }

  /// After the transaction has ended.
  func forget() {
    isOpen = false
    waitingRows = 0
    origins.forget()
    // Only the size of a cache could fail to be set back.
    try? indexes.forget(connection)
  }

  private func add(
    _ mission: ImportedMission, _ listing: ImportListing, line: Int?, at time: Timestamp, run: Int64?,
    _ choosing: Int64?,
    _ counts: inout ImportCounts
  ) throws {
    let parameters = mission.parameters
    try insert.bind(mission.id, at: 1)
    try insert.bind(parameters.source, at: 2)
    try insert.bind(Int64(parameters.dateStart.daysSinceEpoch), at: 3)
    try insert.bind(Int64(parameters.dateEnd.daysSinceEpoch), at: 4)
    try insert.bind(parameters.mediaType.stored, at: 5)
    try insert.bind(
      parameters.languages.count == 1 ? parameters.languages[0] : parameters.languageList, at: 6)
    try insert.bind(mission.priority, at: 7)
    try insert.bind(time, at: 8)
    try insert.bind(parameters.values.stored, at: 9)
    try insert.bind(try listing.origin.map { try origins.number(of: $0) }, at: 10)
    try insert.bind(line.map { Int64($0) }, at: 11)
    try insert.bind(choosing, at: 12)
    try insert.bind(listing.schedule, at: 13)
    try insert.run()
    if connection.changes == 1 {
      expectsKnown = false
      counts.new += 1
      let number = connection.lastInsertRowID
      if let choosing {
        try tell.bind(number, at: 1)
        try tell.bind(time, at: 2)
        try tell.bind(choosing, at: 3)
        return try tell.run()
      }
      try events.write(JournalEvent(.imported), mission: number, place: 1, at: time, run: run, attempt: 1)
    } else {
      expectsKnown = try meetAgain(mission, listing, choosing, &counts)
    }
  }

  /// False when the mission is not known.
  private func meetAgain(
    _ mission: ImportedMission, _ listing: ImportListing, _ choosing: Int64?, _ counts: inout ImportCounts
  ) throws -> Bool {
    try known.bind(mission.id, at: 1)
    defer { known.reset() }
    guard try known.step() else { return false }
    let number = known.integer(0)
    let isFirstRow = number < firstNew && seen.insert(Int(number))
    if isFirstRow { counts.known += 1 } else { counts.duplicates += 1 }
    let status = MissionStatus(stored: known.integer(1))
    if isFirstRow, status == .queued || status == .running { knownUnderWay += 1 }
    if status == .done, isFirstRow || listing.isWindow { try judgeDue(mission, listing, number) }
    // Only what was not chosen yet may move in the order, or is being chosen now.
    let isOpen =
      status == .pending
      || choosing != nil && number >= firstNew && status == .queued && known.optionalInteger(4) == choosing
    guard isOpen, known.int(2) != mission.priority else { return true }
    try reprioritize.bind(number, at: 1)
    try reprioritize.bind(mission.priority, at: 2)
    try reprioritize.run()
    return true
  }

  private func judgeDue(_ mission: ImportedMission, _ listing: ImportListing, _ number: Int64) throws {
    guard let limit = listing.dueBefore[mission.parameters.source], let finished = known.time(3),
      finished < limit
    else { return }
    try markDue.bind(number, at: 1)
    try markDue.run()
  }
}
