import MissionCore
import SQLite

/// Reads the journal, also while a run writes it; never changes it.
///
/// For one thread at a time. Each call sees one consistent state. Errors are the journal's own.
public final class JournalReader {
  public let path: String
  let connection: SQLiteConnection
  let runDirectory: RunDirectory

  public init(path: String) throws(JournalError) {
    self.path = path
    do {
      connection = try ReadConnection.open(path, isQueryOnly: true)
      runDirectory = try RunDirectory(connection)
    } catch {
      throw JournalError(error, path: path)
    }
  }

  /// Missions per status, at once whatever their number.
  public func counts() throws(JournalError) -> StatusCounts {
    try reading {
      var counts = StatusCounts()
      let rows = try connection.prepare("SELECT status, missions FROM status_tallies")
      while try rows.step() { counts[MissionStatus(stored: rows.integer(0))] = rows.int(1) }
      return counts
    }
  }

  /// Missions that are DONE or FAILED since a moment and until before another, at once whatever their number. Both are
  /// full quarters of an hour, as days begin.
  package func ended(
    from start: Timestamp, to end: Timestamp
  ) throws(JournalError) -> (done: Int, failed: Int) {
    let tally: [Int] = try reading {
      let row = try connection.prepare(
        "SELECT sum(done), sum(failed) FROM quarter_tallies WHERE quarter >= ? AND quarter < ?")
      try row.bind(start.milliseconds / TallyWriter.quarter, at: 1)
      try row.bind(end.milliseconds / TallyWriter.quarter, at: 2)
      return try row.step() ? [row.int(0), row.int(1)] : [0, 0]
    }
    return (tally[0], tally[1])
  }

  /// Sessions that may still be open, by worker.
  public func workerSessions() throws(JournalError) -> [WorkerSessionRecord] {
    try reading { try WorkerSessionRecord.all(connection) }
  }

  /// What is remembered of each proxy.
  public func proxies() throws(JournalError) -> [ProxyRecord] {
    try reading { try ProxyRecord.all(connection) }
  }

  /// All that `body` reads is of one moment, also while a run writes.
  public func atOneMoment<R>(_ body: () throws -> R) throws -> R {
    do { try connection.execute("BEGIN") } catch { throw JournalError(error, path: path) }
    // Nothing was written: giving up what was begun cannot fail in a way that matters.
    defer { try? connection.execute("COMMIT") }
    return try body()
  }

  func reading<R>(_ body: () throws -> R) throws(JournalError) -> R {
    do { return try body() } catch { throw JournalError(error, path: path) }
  }

  func decodeAll(_ rows: SQLiteStatement) throws -> [MissionRecord] {
    var missions: [MissionRecord] = []
    while try rows.step() { missions.append(try MissionColumns.decode(rows, runs: runDirectory)) }
    return missions
  }
}
