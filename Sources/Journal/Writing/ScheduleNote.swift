import MissionCore

/// What is written down of a schedule when its slots are seen.
package struct ScheduleNote: Hashable, Sendable {
  package let name: String
  /// Slots up to this moment are seen.
  package let seenAt: Timestamp
  /// What the run makes of them; nil when nothing is made.
  package let made: MadeSlots?

  package init(name: String, seenAt: Timestamp, made: MadeSlots?) {
    self.name = name
    self.seenAt = seenAt
    self.made = made
  }
}

/// What a run made of the slots of one schedule.
package struct MadeSlots: Hashable, Sendable {
  package let slots: Int
  package let missions: Int
  /// The slots' labels, `2026-03-10T02:00`.
  package let first: String
  package let last: String

  package init(slots: Int, missions: Int, first: String, last: String) {
    self.slots = slots
    self.missions = missions
    self.first = first
    self.last = last
  }
}
