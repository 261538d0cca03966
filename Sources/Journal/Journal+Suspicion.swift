import MissionCore
import SQLite

// What a person says of suspicious results.
extension Journal {
  /// A DONE mission's suspicious result is right (`accept`): it loses its flag, and later results are compared with it.
  /// Nil when it was so, else why not. Throws `.missing` for an unknown mission.
  package func accept(_ id: MissionID, at time: Timestamp, runID: String? = nil) throws(JournalError)
    -> String?
  {
    try perform { store in
      let run = try runID.map { try store.runs.number(of: $0) }
      var refusal: String?
      try store.transaction { refusal = try store.transitions.accept(id, at: time, run: run) }
      return refusal
    }
  }
}
