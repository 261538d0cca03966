import MissionCore

/// Where a source puts what a job brought, to be judged and made durable.
package protocol ResultSpool: Sendable {
  /// Where a transport puts a mission's answer that is too large for memory. The spool owns it from `ingest` on; the
  /// source removes it when there is nothing to ingest.
  func partPath(for mission: MissionID) -> String

  /// Judges an answer by `reader` and, when it is a result, makes it durable: only then the reply is `.completed`.
  func ingest(
    _ answer: ReceivedAnswer, of mission: MissionID, as reader: any AnswerReading,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void)
}
