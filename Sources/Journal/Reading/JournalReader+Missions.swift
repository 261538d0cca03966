import MissionCore
import SQLite

// Missions: lists, one mission, its history.
extension JournalReader {
  /// A page of the missions that match, in run order.
  public func missions(
    _ filter: MissionFilter, limit: Int, offset: Int = 0, order: MissionOrder = .oldest
  ) throws(JournalError) -> [MissionRecord] {
    try reading {
      let condition = FilterSQL(filter)
      let sorted = FilterSQL.order(order)
      // The page is found by its keys, so that only its own rows are read whole.
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions WHERE number IN
          (SELECT number FROM missions WHERE \(condition.condition) ORDER BY \(sorted) LIMIT ? OFFSET ?)
        ORDER BY \(sorted)
        """)
      let next = try condition.bind(to: rows)
      try rows.bind(limit, at: next)
      try rows.bind(offset, at: next + 1)
      return try decodeAll(rows)
    }
  }

  /// How many missions match.
  public func total(_ filter: MissionFilter) throws(JournalError) -> Int {
    if filter == MissionFilter() { return try counts().total }
    return try reading {
      let condition = FilterSQL(filter)
      let row = try connection.prepare("SELECT count(*) FROM missions WHERE \(condition.condition)")
      _ = try condition.bind(to: row)
      return try row.step() ? row.int(0) : 0
    }
  }

  /// How many missions match, per status.
  public func summary(_ filter: MissionFilter) throws(JournalError) -> StatusCounts {
    if filter == MissionFilter() { return try counts() }
    return try reading {
      let condition = FilterSQL(filter)
      let rows = try connection.prepare(
        "SELECT status, count(*) FROM missions WHERE \(condition.condition) GROUP BY status")
      _ = try condition.bind(to: rows)
      var counts = StatusCounts()
      while try rows.step() { counts[MissionStatus(stored: rows.integer(0))] = rows.int(1) }
      return counts
    }
  }

  /// Streams every mission that matches in run order; `body` answers false to stop. The state read is that
  /// of the moment when it began.
  public func eachMission(
    _ filter: MissionFilter, order: MissionOrder = .oldest, _ body: (MissionRecord) throws -> Bool
  ) throws {
    let condition = FilterSQL(filter)
    do {
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions WHERE \(condition.condition) ORDER BY \(FilterSQL.order(order))
        """)
      _ = try condition.bind(to: rows)
      while try rows.step() {
        if try !body(MissionColumns.decode(rows, runs: runDirectory)) { return }
      }
    } catch let error as SQLiteError {
      throw JournalError(error, path: path)
    }
  }

  /// Nil when the journal does not know it.
  public func mission(_ id: MissionID) throws(JournalError) -> MissionRecord? {
    try reading {
      let rows = try connection.prepare("SELECT \(MissionColumns.list) FROM missions WHERE id = ?")
      try rows.bind(id, at: 1)
      return try decodeAll(rows).first
    }
  }

  /// The missions whose id begins so, with or without dashes, in either case; at most 2, which says that the
  /// prefix is ambiguous. None for text that begins no id.
  public func mission(idPrefix: String) throws(JournalError) -> [MissionRecord] {
    guard let (lowest, highest) = Self.range(ofPrefix: idPrefix) else { return [] }
    return try reading {
      let rows = try connection.prepare(
        "SELECT \(MissionColumns.list) FROM missions WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 2")
      try rows.bind(lowest, at: 1)
      try rows.bind(highest, at: 2)
      return try decodeAll(rows)
    }
  }

  /// Missions that are RUNNING, in the order of their start.
  public func running() throws(JournalError) -> [MissionRecord] {
    try reading {
      try decodeAll(
        connection.prepare(
          """
          SELECT \(MissionColumns.list) FROM missions
          WHERE \(Schema.isNotDone) AND \(is: .running) ORDER BY worker, id
          """))
    }
  }

  /// A mission that is not finished and has a job on the worker, or a start there whose answer is not known; nil when
  /// none has. Jobs are few, whatever the journal holds.
  package func missionWithJob(on worker: String) throws(JournalError) -> MissionRecord? {
    try reading {
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions WHERE \(Schema.withJob) AND worker = ?1
        UNION ALL
        SELECT \(MissionColumns.list) FROM missions
        WHERE \(Schema.isNotDone) AND \(is: .running) AND checkpoint = \(checkpoint: .scrape) AND worker = ?1
        LIMIT 1
        """)
      try rows.bind(worker, at: 1)
      return try decodeAll(rows).first
    }
  }

  /// The history of a mission, oldest first.
  public func events(of id: MissionID) throws(JournalError) -> [RecordedEvent] {
    try reading {
      let rows = try connection.prepare(
        """
        SELECT at, run, attempt, kind, details, said FROM events
        WHERE mission = (SELECT number FROM missions WHERE id = ?) ORDER BY seq
        """)
      try rows.bind(id, at: 1)
      var events: [RecordedEvent] = []
      while try rows.step() {
        guard let kind = EventKind(stored: rows.integer(3)) else { continue }
        events.append(
          RecordedEvent(
            at: Timestamp(milliseconds: rows.integer(0)),
            runID: try rows.optionalInteger(1).map { try runDirectory.id(of: $0) } ?? nil,
            attempt: rows.int(2),
            kind: kind, detailsJSON: rows.text(4), saidJSON: rows.text(5)))
      }
      return events
    }
  }

  /// The first and last id with this prefix.
  private static func range(ofPrefix prefix: String) -> (MissionID, MissionID)? {
    let digits = prefix.utf8.filter { $0 != UInt8(ascii: "-") }
    guard !digits.isEmpty, digits.count <= 32 else { return nil }
    func id(paddedWith digit: UInt8) -> MissionID? {
      var text = digits + [UInt8](repeating: digit, count: 32 - digits.count)
      for place in [8, 13, 18, 23] { text.insert(UInt8(ascii: "-"), at: place) }
      return MissionID(String(decoding: text, as: UTF8.self))
    }
    guard let lowest = id(paddedWith: UInt8(ascii: "0")), let highest = id(paddedWith: UInt8(ascii: "f"))
    else {
      return nil
    }
    return (lowest, highest)
  }
}
