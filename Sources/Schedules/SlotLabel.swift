import Dates
import MissionCore

/// A minute as a zone's calendar and clock write it: `2026-03-10T02:00`. It is what tells a slot's missions from others.
package struct SlotLabel: Hashable, Comparable, Sendable {
  static let minutesOfDay = 1440
  static let lastYear = 9999

  /// Since 1970-01-01T00:00 on that calendar.
  package let minutes: Int

  package init(minutes: Int) { self.minutes = minutes }

  init(day: Int, minuteOfDay: Int) { minutes = day * Self.minutesOfDay + minuteOfDay }

  /// Days since 1970-01-01.
  package var day: Int {
    (minutes >= 0 ? minutes : minutes - (Self.minutesOfDay - 1)) / Self.minutesOfDay
  }

  var minuteOfDay: Int { minutes - day * Self.minutesOfDay }

  package static func < (left: SlotLabel, right: SlotLabel) -> Bool { left.minutes < right.minutes }
}

extension SlotLabel: CustomStringConvertible {
  package var description: String {
    let time = [minuteOfDay / 60, minuteOfDay % 60].map(UTCTime.twoDigits).joined(separator: ":")
    return "\(CalendarDay(daysSinceEpoch: Int32(day)))T\(time)"
  }
}

extension SlotLabel {
  /// The greatest that the zone's clocks have shown until a moment, seconds left out.
  init(latestUntil seconds: Int64, in zone: TimeZone) {
    let local = zone.latestShown(until: seconds)
    minutes = Int(local >= 0 ? local / 60 : (local - 59) / 60)
  }

  /// When the zone's clocks come to show it or, where they are put forward over it, what is behind it. Of a minute that
  /// they show twice it is the first time.
  func moment(in zone: TimeZone) -> Timestamp {
    Timestamp(milliseconds: zone.firstMoment(showing: Int64(minutes) * 60) * 1000)
  }
}
