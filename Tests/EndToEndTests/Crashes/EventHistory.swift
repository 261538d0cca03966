/// Whether a mission's history is one that the specification allows (I1), read from the names of its events alone.
enum EventHistory {
  /// What must stand before each event that is not free to come at any time.
  private static let requires: [String: [String]] = [
    "QUEUED": ["IMPORTED"], "STARTED": ["QUEUED"], "SCRAPE_STARTING": ["STARTED"],
    "SCRAPE_STARTED": ["SCRAPE_STARTING"], "SCRAPE_COMPLETED": ["SCRAPE_STARTED"],
    "DB_COMPLETED": ["SCRAPE_COMPLETED"], "S3_COMPLETED": ["DB_COMPLETED"], "COMPLETED": ["S3_COMPLETED"],
  ]

  /// - Parameter events: of one mission, in their order.
  static func problems(_ events: [String], mission: String, isDone: Bool) -> [String] {
    var problems: [String] = []
    var seen: Set<String> = []
    for event in events {
      for before in requires[event] ?? [] where !seen.contains(before) {
        problems.append("I1: \(mission): \(event) without \(before)")
      }
      if seen.contains("COMPLETED") { problems.append("I1: \(mission): \(event) after COMPLETED") }
      seen.insert(event)
    }
    if events.first != "IMPORTED" {
      problems.append("I1: \(mission) begins with \(events.first ?? "nothing")")
    }
    for once in ["IMPORTED", "S3_COMPLETED", "COMPLETED"] {
      let count = events.filter { $0 == once }.count
      if count > 1 { problems.append("I1: \(mission): \(count) times \(once)") }
    }
    if isDone != ["COMPLETED", "RECOVERED"].contains(events.last) {
      problems.append("I1: \(mission) ends with \(events.last ?? "nothing")")
    }
    return problems
  }
}
