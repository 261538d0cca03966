import MissionCore
import SQLite

// What `retry` and `cancel` do, by the live run or by the command itself when there is none.
extension Journal {
  /// Puts the FAILED and CANCELLED missions that match back to PENDING at the checkpoint that failed, with
  /// retry count 0; answers how many.
  public func retry(_ filter: MissionFilter, at time: Timestamp, runID: String? = nil) throws(JournalError)
    -> Int
  {
    try perform { store in
      let run = try runID.map { try store.runs.number(of: $0) }
      return try store.reopen(filter, at: time, run: run)
    }
  }

  /// Puts the DONE missions that match back to PENDING at SCRAPE, and those that FAILED because another scrape's object is
  /// there (ERROR405); answers how many. Rows, object and what is known of them stay until the new scrape replaces them.
  package func rerun(_ filter: MissionFilter, at time: Timestamp, runID: String? = nil) throws(JournalError)
    -> Int
  {
    try perform { store in
      let run = try runID.map { try store.runs.number(of: $0) }
      return try store.rerun(filter, at: time, run: run)
    }
  }

  /// Cancels a mission that is not finished; false when it is. Throws `.missing` for an unknown one.
  ///
  /// The live run cancels what it runs itself, through its own transition.
  public func cancel(_ id: MissionID, at time: Timestamp, runID: String? = nil) throws(JournalError) -> Bool {
    try perform { store in
      guard let state = try store.transitions.state(of: id) else {
        throw JournalError.missing(what: "mission \(id)")
      }
      if state.status.isFinished { return false }
      let transition = MissionTransition(
        mission: id, change: .cancelled, events: [JournalEvent(.cancelled)], at: time)
      try store.transaction { try store.apply([.mission(transition)], runID: runID) }
      return true
    }
  }
}

extension JournalStore {
  private static let chunk = 10_000

  /// RUNNING missions; as many as run at once.
  func running() throws -> [MissionRecord] {
    try importer.commit()
    let rows = try connection.prepare(
      "SELECT \(MissionColumns.list) FROM missions WHERE \(Schema.isNotDone) AND \(is: .running) ORDER BY id")
    var missions: [MissionRecord] = []
    while try rows.step() { missions.append(try MissionColumns.decode(rows, runs: runs)) }
    return missions
  }

  /// In transactions of some thousands, by number.
  fileprivate func rerun(_ filter: MissionFilter, at time: Timestamp, run: Int64?) throws -> Int {
    try importer.commit()
    let condition = FilterSQL(filter)
    let rows = try connection.prepare(
      """
      SELECT number FROM missions WHERE number > ?
        AND (\(is: .done) OR \(is: .failed) AND error_code = \(code: .objectDiffers)) AND \(condition.condition)
      ORDER BY number LIMIT \(Self.chunk)
      """)
    var changed = 0
    var last: Int64 = 0
    while true {
      try rows.bind(last, at: 1)
      _ = try condition.bind(to: rows, from: 2)
      var numbers: [Int64] = []
      while try rows.step() { numbers.append(rows.integer(0)) }
      rows.reset()
      guard let end = numbers.last else { return changed }
      try transaction {
        for number in numbers where try transitions.rerun(number: number, isWish: true, at: time, run: run) {
          changed += 1
        }
      }
      last = end
    }
  }

  /// In transactions of some thousands.
  fileprivate func reopen(_ filter: MissionFilter, at time: Timestamp, run: Int64?) throws -> Int {
    try importer.commit()
    let condition = FilterSQL(filter)
    var reopened = 0
    while true {
      // What was reopened does not match any more, so each round finds the next ones.
      let rows = try connection.prepare(
        """
        SELECT number FROM missions WHERE \(Schema.isNotDone) AND \(is: .failed, .cancelled) AND \(condition.condition)
        LIMIT \(Self.chunk)
        """)
      _ = try condition.bind(to: rows)
      var numbers: [Int64] = []
      while try rows.step() { numbers.append(rows.integer(0)) }
      rows.reset()
      if numbers.isEmpty { return reopened }
      try transaction {
        for number in numbers { try transitions.reopen(number: number, isWish: true, at: time, run: run) }
      }
      reopened += numbers.count
    }
  }
}
