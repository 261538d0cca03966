import MissionCore
import SQLite

// What `verify` and `prune` want to know.
extension JournalReader {
  /// A page of the DONE missions that match, by id, behind `last`; fewer than `limit` only at the end.
  public func done(
    _ filter: MissionFilter, after last: MissionID?, limit: Int
  ) throws(JournalError) -> [MissionRecord] {
    try reading {
      let condition = FilterSQL(filter)
      // The plus keeps SQLite from sorting what an index of the filter would find.
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions
        WHERE +\(is: .done) AND id > ? AND \(condition.condition) ORDER BY id LIMIT ?
        """)
      try rows.bind(last ?? MissionID(high: 0, low: 0), at: 1)
      let next = try condition.bind(to: rows, from: 2)
      try rows.bind(limit, at: next)
      return try decodeAll(rows)
    }
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

  /// The numbers of those of these missions that `prune` would remove; the same mission has the same number always.
  public func prunable(_ choice: PruneChoice, among ids: [MissionID]) throws(JournalError) -> [Int64] {
    try reading {
      let row = try connection.prepare("SELECT number FROM missions WHERE id = ? AND \(choice.condition)")
      try choice.bind(to: row, from: 2)
      var numbers: [Int64] = []
      for id in ids {
        try row.bind(id, at: 1)
        if try row.step() { numbers.append(row.integer(0)) }
        row.reset()
      }
      return numbers
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
