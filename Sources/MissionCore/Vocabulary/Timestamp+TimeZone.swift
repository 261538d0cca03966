import Dates

extension Timestamp {
  /// The day that the zone's calendar has then.
  package func day(in zone: TimeZone) -> CalendarDay {
    let seconds = (Double(milliseconds) / 1000).rounded(.down)
    return CalendarDay(daysSinceEpoch: Int32(zone.day(at: Int64(seconds))))
  }
}

extension CalendarDay {
  /// The day's first moment in the zone.
  package func start(in zone: TimeZone) -> Timestamp {
    Timestamp(milliseconds: zone.start(ofDay: Int(daysSinceEpoch)) * 1000)
  }
}
