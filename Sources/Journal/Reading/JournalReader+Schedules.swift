import MissionCore
import SQLite

// What of schedules the journal knows. Each of these takes no time, whatever the number of missions.
extension JournalReader {
  /// By schedule, the moment up to which its slots were seen.
  package func schedulesSeen() throws(JournalError) -> [String: Timestamp] {
    try reading {
      let rows = try connection.prepare("SELECT name, seen_at FROM schedules")
      var seen: [String: Timestamp] = [:]
      while try rows.step() { seen[rows.text(0) ?? ""] = rows.time(1) }
      return seen
    }
  }

  /// Whether a run that chooses by this rule among the missions of schedules would choose any that the journal has.
  package func hasMissionsOfSchedules(_ rule: SelectionRule) throws(JournalError) -> Bool {
    try reading {
      let condition = FilterSQL(rule.filter)
      let sql = SelectionSQL(rule, listed: "0", kept: SelectionSQL.kept, due: "0")
      let row = try connection.prepare(
        """
        SELECT 1 FROM missions
        WHERE \(Schema.isNotDone) AND \(is: .pending, .queued, .running, .failed) AND \(condition.condition)
          AND \(sql.chosen) LIMIT 1
        """)
      _ = try condition.bind(to: row)
      return try row.step()
    }
  }

  /// What a run made of the slots that were due, by schedule.
  package func madeSlots(runID: String) throws(JournalError) -> [(schedule: String, made: MadeSlots)] {
    try reading {
      let rows = try connection.prepare(
        """
        SELECT schedule, slots, missions, first, last FROM made_slots
        WHERE run = \(try runDirectory.number(of: runID)) ORDER BY schedule
        """)
      var made: [(schedule: String, made: MadeSlots)] = []
      while try rows.step() {
        made.append(
          (
            rows.text(0) ?? "",
            MadeSlots(
              slots: rows.int(1), missions: rows.int(2), first: rows.text(3) ?? "", last: rows.text(4) ?? "")
          ))
      }
      return made
    }
  }
}
