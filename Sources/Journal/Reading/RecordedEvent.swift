import MissionCore

/// An entry of a mission's history, as it is read back.
public struct RecordedEvent: Hashable, Sendable {
  public let at: Timestamp
  /// Nil when it happened outside a run.
  public let runID: String?
  /// 1 + the retry count at that time.
  public let attempt: Int
  public let kind: EventKind
  /// One JSON object; nil when there are no details.
  public let detailsJSON: String?
}
