import MissionCore
import SQLite

// What a person says of suspicious results.
extension Journal {
  /// Whether so many records are like what the mission's slice had before. Answers once, on the journal's thread, and
  /// before what waits there to be written.
  public func judge(
    records: Int, of id: MissionID,
    reply: @escaping @Sendable (Result<SuspicionVerdict, JournalError>) -> Void
  ) {
    ask(reply) { store in try store.transitions.judge(records: records, of: id) }
  }

  /// As above, and waits for the answer. Not from a reply.
  package func judge(records: Int, of id: MissionID) throws(JournalError) -> SuspicionVerdict {
    try perform { store in try store.transitions.judge(records: records, of: id) }
  }

  /// A mission's suspicious result is right (`accept`): a DONE one loses its flag, and later results are compared with
  /// it; one that FAILED of it is PENDING at DB, to go on from the spool. Nil when it was so, else why not. Throws `.missing` for an unknown mission.
  package func accept(_ id: MissionID, at time: Timestamp, runID: String? = nil) throws(JournalError)
    -> Message?
  {
    try perform { store in
      let run = try runID.map { try store.runs.number(of: $0) }
      var refusal: Message?
      try store.transaction { refusal = try store.transitions.accept(id, at: time, run: run) }
      return refusal
    }
  }
}
