import MissionCore
import SQLite

// What `verify --repair` and `prune` do to missions that are not under way.
extension Journal {
  /// Puts a DONE mission back to PENDING at SCRAPE, because what it left outside is missing or altered and nothing has
  /// its bytes any more. False when it is not DONE.
  ///
  /// - Parameter details: of the RETRY_QUEUED event that tells of it.
  public func putBack(
    _ id: MissionID, details: EventDetails, at time: Timestamp
  ) throws(JournalError) -> Bool {
    try changeDone { try $0.putBack(id, details: details, at: time) }
  }

  /// Tells of a DONE mission whose rows or object were written once more. False when it is not DONE.
  ///
  /// - Parameter etag: of the new object; nil when it stayed.
  public func mended(
    _ id: MissionID, etag: String?, events: [JournalEvent], at time: Timestamp
  ) throws(JournalError) -> Bool {
    try changeDone { try $0.mended(id, etag: etag, events: events, at: time) }
  }

  private func changeDone(
    _ change: @escaping @Sendable (TransitionWriter) throws -> Bool
  ) throws(JournalError) -> Bool {
    try perform { store in
      var isDone = false
      try store.transaction { isDone = try change(store.transitions) }
      return isDone
    }
  }

  /// Removes missions that match, with their events, in transactions of some thousands; answers how many. What is
  /// QUEUED or RUNNING stays. Of each that was finished a line stays for 400 days.
  ///
  /// - Parameter stays: by a mission's number, what is left alone although it matches.
  public func prune(
    _ choice: PruneChoice, except stays: @escaping @Sendable (Int64) -> Bool = { _ in false },
    at time: Timestamp
  ) throws(JournalError) -> Int {
    try perform { store in try store.prune(choice, except: stays, at: time) }
  }

  /// Removes the events before `time` of missions that are finished and stay; answers how many.
  public func pruneEvents(before time: Timestamp) throws(JournalError) -> Int {
    try perform { store in try store.pruneEvents(before: time) }
  }
}

extension JournalStore {
  private static let chunk: Int64 = 2000

  fileprivate func prune(
    _ choice: PruneChoice, except stays: (Int64) -> Bool, at time: Timestamp
  ) throws -> Int {
    let rows = try connection.prepare(
      """
      SELECT number, status, checkpoint, run, finished_at, ads_count FROM missions
      WHERE number > ? AND \(choice.condition) ORDER BY number LIMIT \(Self.chunk)
      """)
    let remove = try connection.prepare("DELETE FROM missions WHERE number = ?")
    var removed = 0
    var last: Int64 = 0
    while true {
      try rows.bind(last, at: 1)
      try choice.bind(to: rows, from: 2)
      var page: [JournaledState] = []
      while try rows.step() {
        page.append(
          JournaledState(
            number: rows.integer(0), status: MissionStatus(stored: rows.integer(1)),
            checkpoint: Checkpoint(stored: rows.integer(2)), retryCount: 0, hasUnansweredStart: false,
            run: rows.optionalInteger(3), finishedAt: rows.time(4), adsCount: rows.integer(5)))
      }
      rows.reset()
      guard let end = page.last else { break }
      try transaction {
        // Their events go with them (ON DELETE CASCADE).
        for state in page where !stays(state.number) {
          removed += 1
          if state.status.isFinished { try transitions.past.note(state.number, isRemoved: true, at: time) }
          try remove.bind(state.number, at: 1)
          try remove.run()
          tallies.remove(state)
        }
      }
      last = end.number
    }
    try transaction { try transitions.past.forgetOld(at: time) }
    return removed
  }

  fileprivate func pruneEvents(before time: Timestamp) throws -> Int {
    let last = try connection.integer("SELECT max(number) FROM missions") ?? 0
    let remove = try connection.prepare(
      """
      DELETE FROM events WHERE mission IN
        (SELECT number FROM missions WHERE number BETWEEN ?1 AND ?2 AND \(PruneChoice.isFinished)) AND at < ?3
      """)
    var removed = 0
    for first in stride(from: 1, through: last, by: Int64.Stride(Self.chunk)) {
      try transaction {
        try remove.bind(first, at: 1)
        try remove.bind(first + Self.chunk - 1, at: 2)
        try remove.bind(time, at: 3)
        try remove.run()
        removed += connection.changes
      }
    }
    return removed
  }
}
