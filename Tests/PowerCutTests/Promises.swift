import MissionCore
import SQLite

@testable import Journal

/// What the journal has acknowledged so far, and what of it an image breaks.
struct Promises {
  private var isImported = false
  private var isSelected = false
  private var acknowledged: [Int]

  init(missions: Int) { acknowledged = [Int](repeating: 0, count: missions) }

  /// Steps that must be there.
  var steps: Int { acknowledged.reduce(0, +) }

  mutating func note(_ mark: Int64) {
    switch mark {
    case Workload.opened: break
    case Workload.imported: isImported = true
    case Workload.selected: isSelected = true
    default: acknowledged[Int(mark)] += 1
    }
  }

  /// Opens the image as a run would, and compares.
  func broken(by path: String, _ workload: Workload) -> [String] {
    do {
      let journal = try Journal.open(path: path, busy: .seconds(5))
      defer { journal.close() }
      return try damage(journal) + missing(JournalReader(path: path), workload) + unusable(journal)
    } catch { return ["does not open: \(error)"] }
  }

  private func damage(_ journal: Journal) throws -> [String] {
    try journal.perform { store in
      var damage: [String] = []
      let integrity = try store.connection.text("PRAGMA integrity_check") ?? ""
      if integrity != "ok" { damage.append("integrity_check: \(integrity)") }
      if let table = try store.connection.text("PRAGMA foreign_key_check") {
        damage.append("foreign_key_check: \(table)")
      }
      let miscounted = try store.connection.integer(
        """
        SELECT count(*) FROM status_tallies t
        WHERE missions <> (SELECT count(*) FROM missions m WHERE m.status = t.status)
        """)
      if miscounted != 0 { damage.append("\(miscounted ?? -1) tallies differ from the rows") }
      return damage
    }
  }

  private func missing(_ reader: JournalReader, _ workload: Workload) throws -> [String] {
    var missing: [String] = []
    for (index, mission) in workload.missions.enumerated() {
      guard let record = try reader.mission(mission.id) else {
        if isImported { missing.append("mission \(index) is gone") }
        continue
      }
      let kinds = try reader.events(of: mission.id).map(\.kind)
      let steps = workload.scripts[index]
      if kinds != Array(([.imported, .queued] + steps.map(\.kind)).prefix(kinds.count)) {
        missing.append("mission \(index) has a history of its own: \(kinds)")
        continue
      }
      let promised = isSelected ? 2 + acknowledged[index] : isImported ? 1 : 0
      if kinds.count < promised {
        missing.append("mission \(index) has \(kinds.count) events, \(promised) were acknowledged")
      }
      let state = Workload.State(
        status: record.status, checkpoint: record.checkpoint, retries: record.retryCount)
      let expected =
        kinds.count > 2
        ? steps[kinds.count - 3].state
        : Workload.State(status: kinds.count == 2 ? .queued : .pending, checkpoint: .scrape, retries: 0)
      if state != expected { missing.append("mission \(index) is \(state), its history says \(expected)") }
    }
    return missing
  }

  /// The journal must also take the next step.
  private func unusable(_ journal: Journal) throws -> [String] {
    try journal.beginRun(RunRecord(id: "run-after", startedAt: Timestamp(milliseconds: 0)))
    return []
  }
}
