import Dates
import MissionCore

/// Missions that hang on the clock: one for each slot of a cron expression in a zone, and for each combination of
/// parameter values (SOURCES 5); pure.
package struct Schedule: Hashable, Sendable {
  /// What is made up of the slots that passed without being seen.
  package enum CatchUp: String, CaseIterable, Sendable {
    /// The newest, if it is at most an hour old.
    case none
    case latest
    case all
  }

  /// The parameter that a slot's missions have beside their own.
  package static let slotParameter = "slot"

  package let name: String
  package let cron: CronExpression
  package let zone: TimeZone
  package var days = SlotDays.today
  package var catchUp = CatchUp.latest
  package var isActive = true
  package var source = "default"
  package var mediaType: MediaType?
  package var languages: [String] = []
  package var priority = 0
  package var parameters: [MissionWindow.Parameter] = []

  package init(name: String, cron: CronExpression, zone: TimeZone) {
    self.name = name
    self.cron = cron
    self.zone = zone
  }

  /// Of one slot.
  package var missionsPerSlot: Int { parameters.reduce(1) { $0 * $1.values.count } }

  /// The missions that a slot makes, in the order of the values, the last parameter changing first.
  package func missions(of slot: SlotLabel) -> [MissionParameters] {
    let (from, to) = days.range(on: CalendarDay(daysSinceEpoch: Int32(slot.day)))
    return parameters.combinations(
      with: [ParameterValues.Entry(name: Self.slotParameter, value: .text("\(slot)"))]
    ).map { values in
      MissionParameters(
        source: source, dateStart: from, dateEnd: to, mediaType: mediaType, languages: languages,
        values: values)
    }
  }
}

/// A slot and when it is due.
package struct Slot: Hashable, Sendable {
  package let label: SlotLabel
  package let moment: Timestamp
}

extension Schedule {
  /// The next slots behind a moment, in their order.
  package func next(after now: Timestamp, count: Int) -> [Slot] {
    var following = slots(after: now)
    return (0..<count).compactMap { _ in following.next() }
  }

  /// Ascending. Slots that the zone's clocks are put forward over come at the same moment, each under its label.
  func slots(after moment: Timestamp) -> some IteratorProtocol<Slot> {
    // What the clocks have shown by then has come.
    var label = SlotLabel(latestUntil: moment.wholeSeconds, in: zone)
    return AnyIterator {
      while let next = cron.next(after: label) {
        label = next
        let slot = Slot(label: next, moment: next.moment(in: zone))
        if slot.moment > moment { return slot }
      }
      return nil
    }
  }

  /// Those of the latest moment at which any came, until now; several only where clocks are put forward.
  func latest(until now: Timestamp) -> [Slot] {
    var label = SlotLabel(minutes: SlotLabel(latestUntil: now.wholeSeconds, in: zone).minutes + 1)
    var found: [Slot] = []
    while let previous = cron.previous(before: label) {
      label = previous
      let slot = Slot(label: previous, moment: previous.moment(in: zone))
      guard found.isEmpty || slot.moment == found[0].moment else { break }
      found.append(slot)
    }
    return found.reversed()
  }
}

extension Timestamp {
  var wholeSeconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
  }
}
