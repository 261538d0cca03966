import MissionCore

/// An entry of a mission's history, as it is read back.
package struct RecordedEvent: Hashable, Sendable {
  package let at: Timestamp
  /// Nil when it happened outside a run.
  package let runID: String?
  /// 1 + the retry count at that time.
  package let attempt: Int
  package let kind: EventKind
  /// One JSON object; nil when there are no details.
  package let detailsJSON: String?
}
