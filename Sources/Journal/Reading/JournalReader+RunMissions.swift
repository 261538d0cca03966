import MissionCore
import SQLite

// The missions of one run, read so that the journal's WAL can be folded in between: no call here keeps one state
// of the journal for longer than a page takes.
extension JournalReader {
  /// Numbers of missions that one statement looks at.
  private static let page: Int64 = 20_000

  /// The missions with these numbers; none for a number that is no more.
  public func missions(numbers: [Int64]) throws(JournalError) -> [MissionRecord] {
    try reading {
      let row = try connection.prepare("SELECT \(MissionColumns.list) FROM missions WHERE number = ?")
      var missions: [MissionRecord] = []
      for number in numbers {
        try row.bind(number, at: 1)
        if try row.step() { missions.append(try MissionColumns.decode(row, runs: runDirectory)) }
        row.reset()
      }
      return missions
    }
  }

  /// The numbers of the run's FAILED missions; for the start of a run, when few of its missions can have ended.
  public func failedNumbers(runID: String) throws(JournalError) -> [Int64] {
    try reading {
      let run = try runDirectory.number(of: runID)
      let rows = try connection.prepare(
        "SELECT number FROM missions WHERE \(Schema.isNotDone) AND \(is: .failed) AND run = \(run)")
      var numbers: [Int64] = []
      while try rows.step() { numbers.append(rows.integer(0)) }
      return numbers
    }
  }

  /// Every mission of the run that is DONE, FAILED or CANCELLED, in the order of their numbers; `body` answers false
  /// to stop.
  public func eachEndedMission(
    runID: String, _ body: (MissionRecord) throws -> Bool
  ) throws {
    try pages(of: runID, where: "\(is: .done, .failed, .cancelled)", body)
  }

  /// The missions of the run that it began and did not bring to an end, in the order of their numbers; `body` answers
  /// false to stop, and so does `isWanted`, which is asked with each page.
  public func eachBegunMission(
    runID: String, since start: Timestamp, while isWanted: () -> Bool = { true },
    _ body: (MissionRecord) throws -> Bool
  ) throws {
    let condition = "\(is: .pending, .queued, .running) AND started_at >= \(start.milliseconds)"
    try pages(of: runID, where: condition, while: isWanted, body)
  }

  private func pages(
    of runID: String, where condition: String, while isWanted: () -> Bool = { true },
    _ body: (MissionRecord) throws -> Bool
  ) throws {
    do {
      let run = try runDirectory.number(of: runID)
      let last = try connection.integer("SELECT max(number) FROM missions") ?? 0
      // The plus keeps SQLite from the index of the run, whose order is another one.
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions
        WHERE number BETWEEN ? AND ? AND +run = \(run) AND \(condition) ORDER BY number
        """)
      var first: Int64 = 1
      while first <= last, isWanted() {
        try rows.bind(first, at: 1)
        try rows.bind(first + Self.page - 1, at: 2)
        var missions: [MissionRecord] = []
        while try rows.step() { missions.append(try MissionColumns.decode(rows, runs: runDirectory)) }
        rows.reset()
        for mission in missions where try !body(mission) { return }
        first += Self.page
      }
    } catch let error as SQLiteError { throw JournalError(error, path: path) }
  }
}
