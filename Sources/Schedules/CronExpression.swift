import Dates

/// Five fields of cron: which minutes of a calendar are slots. Zones are left to `Schedule`; pure.
///
/// Day of month and day of week are both asked for when one of them begins with `*`, else one of them is enough (the
/// rule of Vixie's cron).
package struct CronExpression: Hashable, Sendable {
  /// As it was written.
  package let text: String
  private let minutes: CronField
  private let hours: CronField
  private let days: CronField
  private let months: CronField
  private let weekdays: CronField

  package init(_ text: String) throws(CronFaults) {
    self.text = text
    let fields = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard fields.count == CronFieldKind.allCases.count else {
      throw CronFaults(faults: [.fields(fields.count)])
    }
    var read: [CronField] = []
    var faults: [CronFault] = []
    for (kind, field) in zip(CronFieldKind.allCases, fields) {
      do throws(CronFault) { read.append(try CronField(field, kind)) } catch { faults.append(error) }
    }
    guard faults.isEmpty else { throw CronFaults(faults: faults) }
    (minutes, hours, days, months, weekdays) = (read[0], read[1], read[2], read[3], read[4])
    guard comes else { throw CronFaults(faults: [.never]) }
  }

  /// False for the 30th of February and its like.
  private var comes: Bool {
    guard days.isStar || weekdays.isStar, let day = days.first(from: 1) else { return true }
    return (1...12).contains { month in
      // A leap year; every day of it comes on each day of the week in time.
      months.contains(month) && GregorianDay.number(year: 2000, month: month, day: day) != nil
    }
  }

  /// The first slot behind a minute of the calendar; nil at the calendar's end.
  package func next(after minute: SlotLabel) -> SlotLabel? {
    let from = SlotLabel(minutes: minute.minutes + 1)
    var (day, inDay) = (from.day, from.minuteOfDay)
    while true {
      let (year, month, dayOfMonth) = GregorianDay.components(day)
      guard year <= SlotLabel.lastYear else { return nil }
      if !months.contains(month) {
        // The first day of the next month.
        guard
          let first = GregorianDay.number(
            year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
        else { return nil }
        (day, inDay) = (first, 0)
        continue
      }
      if takes(day: day, dayOfMonth), let time = time(from: inDay) {
        return SlotLabel(day: day, minuteOfDay: time)
      }
      (day, inDay) = (day + 1, 0)
    }
  }

  /// The last slot before a minute of the calendar; nil at the calendar's beginning.
  package func previous(before minute: SlotLabel) -> SlotLabel? {
    let from = SlotLabel(minutes: minute.minutes - 1)
    var (day, inDay) = (from.day, from.minuteOfDay)
    while true {
      let (year, month, dayOfMonth) = GregorianDay.components(day)
      guard year >= 1 else { return nil }
      if !months.contains(month) {
        // The last day of the month before.
        (day, inDay) = (day - dayOfMonth, SlotLabel.minutesOfDay - 1)
        continue
      }
      if takes(day: day, dayOfMonth), let time = time(upTo: inDay) {
        return SlotLabel(day: day, minuteOfDay: time)
      }
      (day, inDay) = (day - 1, SlotLabel.minutesOfDay - 1)
    }
  }

  private func takes(day: Int, _ dayOfMonth: Int) -> Bool {
    // 1970-01-01 was a Thursday.
    let weekday = ((day + 4) % 7 + 7) % 7
    let (isDay, isWeekday) = (days.contains(dayOfMonth), weekdays.contains(weekday))
    return days.isStar || weekdays.isStar ? isDay && isWeekday : isDay || isWeekday
  }

  /// The first minute of a day from this one on.
  private func time(from minute: Int) -> Int? {
    guard let hour = hours.first(from: minute / 60) else { return nil }
    if hour == minute / 60, let inHour = minutes.first(from: minute % 60) { return hour * 60 + inHour }
    let later = hour == minute / 60 ? hours.first(from: hour + 1) : hour
    guard let later, let inHour = minutes.first(from: 0) else { return nil }
    return later * 60 + inHour
  }

  /// The last minute of a day up to this one.
  private func time(upTo minute: Int) -> Int? {
    guard let hour = hours.last(upTo: minute / 60) else { return nil }
    if hour == minute / 60, let inHour = minutes.last(upTo: minute % 60) { return hour * 60 + inHour }
    let earlier = hour == minute / 60 ? hours.last(upTo: hour - 1) : hour
    guard let earlier, let inHour = minutes.last(upTo: 59) else { return nil }
    return earlier * 60 + inHour
  }
}

/// All that is wrong with an expression, field by field.
package struct CronFaults: Error, Hashable, Sendable {
  package let faults: [CronFault]
}
