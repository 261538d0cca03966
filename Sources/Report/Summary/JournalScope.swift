import MissionCore

/// What a report of the whole journal is about: all its missions, or those that were chosen.
public struct JournalScope: Hashable, Sendable {
  /// Options that choose the same in other commands: ` --from 2025-01-01`, or nothing.
  public let choice: String
  /// The first and the last day that its missions cover.
  public let from: CalendarDay?
  public let to: CalendarDay?

  public init(choice: String, from: CalendarDay?, to: CalendarDay?) {
    self.choice = choice
    self.from = from
    self.to = to
  }
}
