import MissionCore

/// Which slots of a schedule a run has to take up now, and what it writes down of having seen them.
///
/// All that is remembered is the moment up to which slots were seen. A slot's missions are known by its label, so that
/// making one twice makes one mission.
package struct DueSlots: Hashable, Sendable {
  /// Ascending.
  package var slots: [Slot] = []
  /// Slots up to this moment are seen then; nil changes nothing.
  package var seenAt: Timestamp?
  /// The moment that is remembered was ahead of the clock, which must have been wrong.
  package var isClockBehind = false

  /// More missions at once are left to the next run.
  package static let mostMissions = MissionWindow.mostMissions
  /// Of the newest slot, where nothing is made up.
  package static let oldest = Duration.seconds(3600)

  package init() {}

  /// - Parameter seen: up to where slots were seen; nil for a schedule that is met for the first time, which owes nothing.
  package init(_ schedule: Schedule, seen: Timestamp?, now: Timestamp) {
    guard schedule.isActive else { return }
    guard let seen, seen <= now else {
      seenAt = now
      isClockBehind = seen != nil
      return
    }
    switch schedule.catchUp {
    case .all: take(all: schedule, seen, now)
    case .latest: take(schedule.latest(until: now), seen)
    case .none:
      let latest = schedule.latest(until: now)
      if let moment = latest.first?.moment, now.seconds(since: moment) <= Self.oldest / .seconds(1) {
        take(latest, seen)
      }
    }
  }

  private mutating func take(_ latest: [Slot], _ seen: Timestamp) {
    guard let moment = latest.first?.moment, moment > seen else { return }
    slots = latest
    seenAt = moment
  }

  private mutating func take(all schedule: Schedule, _ seen: Timestamp, _ now: Timestamp) {
    let most = max(1, Self.mostMissions / max(1, schedule.missionsPerSlot))
    var following = schedule.slots(after: seen)
    while let slot = following.next(), slot.moment <= now {
      // Slots of one moment are seen together.
      if slots.count >= most, slot.moment != seenAt { break }
      slots.append(slot)
      seenAt = slot.moment
    }
  }
}
