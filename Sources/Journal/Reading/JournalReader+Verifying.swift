import MissionCore
import SQLite

/// A mission that `prune` would remove, and how many events with it.
public struct PrunableMission: Hashable, Sendable {
  /// In the journal.
  public let number: Int64
  public let events: Int
  /// Those from before the moment that was asked for.
  public let oldEvents: Int
}

// What `verify` and `prune` want to know.
extension JournalReader {
  /// A page of the missions that match and have left rows and an object, by id, behind `last`: DONE ones, and those that
  /// were DONE and are to be replaced, which are told as they were. Fewer than `limit` only at the end.
  public func done(
    _ filter: MissionFilter, after last: MissionID?, limit: Int
  ) throws(JournalError) -> [MissionRecord] {
    try reading {
      let condition = FilterSQL(filter)
      // The plus keeps SQLite from sorting what an index of the filter would find.
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions
        WHERE (+\(is: .done) OR \(Self.stillThere)) AND id > ? AND \(condition.condition) ORDER BY id LIMIT ?
        """)
      try rows.bind(last ?? MissionID(high: 0, low: 0), at: 1)
      let next = try condition.bind(to: rows, from: 2)
      try rows.bind(limit, at: next)
      return try decodeAll(rows).map { $0.former.replaces ? try asReplaced($0) : $0 }
    }
  }

  /// Put back, and nothing of the old scrape replaced yet. One that is chosen for a run may change any moment.
  private static let stillThere =
    "(number IN (SELECT mission FROM replaced) AND \(is: .pending, .failed, .cancelled) AND checkpoint < \(checkpoint: .s3))"

  /// The mission with what is known of its old scrape.
  private func asReplaced(_ mission: MissionRecord) throws -> MissionRecord {
    let row = try connection.prepare(
      """
      SELECT r.finished_at, r.ads_count, r.size, r.sha256, r.s3_key, r.s3_etag, r.s3_size, r.s3_sha256
      FROM replaced r JOIN missions m ON m.number = r.mission WHERE m.id = ?
      """)
    try row.bind(mission.id, at: 1)
    guard try row.step() else { return mission }
    var old = mission
    old.finishedAt = row.time(0)
    old.adsCount = row.optionalInteger(1).map { Int($0) }
    old.size = row.optionalInteger(2)
    old.sha256 = row.text(3)
    old.s3Key = row.text(4)
    old.s3ETag = row.text(5)
    old.s3Size = row.optionalInteger(6)
    old.s3SHA256 = row.text(7)
    return old
  }

  /// Which of these the journal holds, in whatever status.
  public func known(_ ids: [MissionID]) throws(JournalError) -> Set<MissionID> {
    try reading {
      let row = try connection.prepare("SELECT 1 FROM missions WHERE id = ?")
      var known: Set<MissionID> = []
      for id in ids {
        try row.bind(id, at: 1)
        if try row.step() { known.insert(id) }
        row.reset()
      }
      return known
    }
  }

  /// How many missions `prune` would remove, and how many events with them.
  public func prunable(_ choice: PruneChoice) throws(JournalError) -> (missions: Int, events: Int) {
    let counts: [Int] = try reading {
      let row = try connection.prepare(
        """
        SELECT count(*), coalesce(sum((SELECT count(*) FROM events WHERE mission = number)), 0)
        FROM missions WHERE \(choice.condition)
        """)
      try choice.bind(to: row, from: 1)
      return try row.step() ? [row.int(0), row.int(1)] : [0, 0]
    }
    return (counts[0], counts[1])
  }

  /// Whether `choice` takes any mission at all.
  public func hasPrunable(_ choice: PruneChoice) throws(JournalError) -> Bool {
    try reading {
      let row = try connection.prepare("SELECT 1 FROM missions WHERE \(choice.condition) LIMIT 1")
      try choice.bind(to: row, from: 1)
      return try row.step()
    }
  }

  /// Those of these missions that `choice` takes; the same mission has the same number always.
  public func prunable(
    _ choice: PruneChoice, among ids: [MissionID], eventsBefore: Timestamp? = nil
  ) throws(JournalError) -> [PrunableMission] {
    try reading {
      let row = try connection.prepare(
        """
        SELECT number, (SELECT count(*) FROM events WHERE mission = number),
          (SELECT count(*) FROM events WHERE mission = number AND at < ?1)
        FROM missions WHERE id = ?2 AND \(choice.condition)
        """)
      try row.bind(eventsBefore?.milliseconds ?? 0, at: 1)
      try choice.bind(to: row, from: 3)
      var missions: [PrunableMission] = []
      for id in ids {
        try row.bind(id, at: 2)
        if try row.step() {
          missions.append(
            PrunableMission(number: row.integer(0), events: row.int(1), oldEvents: row.int(2)))
        }
        row.reset()
      }
      return missions
    }
  }

  /// Events before `time` of finished missions that `choice` does not remove (nil: removes none).
  public func prunableEvents(
    before time: Timestamp, besides choice: PruneChoice?
  ) throws(JournalError) -> Int {
    try reading {
      let others = choice.map { "coalesce(NOT (\($0.condition)), 1)" } ?? "1"
      let row = try connection.prepare(
        """
        SELECT count(*) FROM events WHERE at < ? AND mission IN
          (SELECT number FROM missions WHERE \(PruneChoice.isFinished) AND \(others))
        """)
      try row.bind(time, at: 1)
      try choice?.bind(to: row, from: 2)
      return try row.step() ? row.int(0) : 0
    }
  }
}
