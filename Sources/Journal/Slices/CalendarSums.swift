import MissionCore
import SQLite

/// Adds missions up by what they cover, in one pass and whatever order.
package final class CalendarSums {
  /// Slices that a page tells apart day by day.
  package static let mostTold = 24
  /// Slices whose sums are kept.
  private static let mostSlices = 500

  private struct Key: Hashable {
    let start: CalendarDay
    let end: CalendarDay
    let status: MissionStatus
    let isSuspicious: Bool
    let slice: Int?
  }

  package private(set) var calendar = JournalCalendar()
  private let limit: Int
  private let mostTold: Int
  private var tellsSlices = true
  private var places: [Key: Int] = [:]
  private let slices = SliceDirectory(ScratchDatabase(), mostBytes: 4 << 20)

  /// - Parameters:
  ///   - limit: kinds of days.
  ///   - mostTold: slices that are told apart day by day.
  package init(limit: Int, slices mostTold: Int = CalendarSums.mostTold) {
    self.limit = limit
    self.mostTold = mostTold
  }

  /// False when it is too much.
  package func add(_ mission: MissionRecord) throws -> Bool {
    let parameters = mission.parameters
    let days = CoveredDays(
      start: parameters.dateStart, end: parameters.dateEnd, status: mission.status,
      isSuspicious: mission.status == .done && mission.suspicion != nil,
      slice: Int(try slices.number(of: parameters)), missions: 1,
      ads: mission.status == .done ? Int64(mission.adsCount ?? 0) : 0)
    return add(days, MissionSlice(of: parameters))
  }

  /// Of a row of slice, days, status, records, and whether it is suspicious; false when it is too much.
  func add(_ row: SQLiteStatement) throws -> Bool {
    let at = SliceColumns.count
    let status = MissionStatus(stored: row.integer(at + 2))
    let days = CoveredDays(
      start: row.day(at), end: row.day(at + 1), status: status,
      isSuspicious: status == .done && row.integer(at + 4) != 0, slice: Int(try slices.number(of: row)),
      missions: 1, ads: status == .done ? row.integer(at + 3) : 0)
    return add(days, SliceColumns.slice(row))
  }

  /// - Parameter name: its slice, which is asked for when it is new.
  private func add(_ told: CoveredDays, _ name: @autoclosure () -> MissionSlice) -> Bool {
    var days = told
    let slice = told.slice ?? 0
    if tellsSlices, slice >= mostTold { forgetSlices() }
    if slice == calendar.slices.count, slice < Self.mostSlices {
      calendar.slices.append(JournalCalendar.Slice(name().title, days))
    }
    calendar.moreSlices = max(calendar.moreSlices, slice + 1 - Self.mostSlices)
    if slice < calendar.slices.count { calendar.slices[slice].add(days) }
    if !tellsSlices { days.slice = nil }
    if count(days) { return true }
    guard tellsSlices else { return false }
    // Too many kinds of days: those of all slices together are fewer.
    forgetSlices()
    days.slice = nil
    return count(days)
  }

  /// False when it is one kind too many.
  private func count(_ days: CoveredDays) -> Bool {
    let key = Key(
      start: days.start, end: days.end, status: days.status, isSuspicious: days.isSuspicious,
      slice: days.slice)
    if let place = places[key] {
      calendar.days[place].missions += days.missions
      calendar.days[place].ads += days.ads
      return true
    }
    guard calendar.days.count < limit else { return false }
    places[key] = calendar.days.count
    calendar.days.append(days)
    return true
  }

  /// From now on the days are those of all slices together.
  private func forgetSlices() {
    tellsSlices = false
    let told = calendar.days
    calendar.days = []
    places = [:]
    for var days in told {
      days.slice = nil
      // They are not more than they were.
      _ = count(days)
    }
  }
}

extension MissionSlice {
  /// As the page calls it.
  fileprivate var title: String {
    [source, mediaType?.rawValue ?? "", languages, values.list].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension JournalCalendar.Slice {
  /// Of the first mission, which is not counted yet.
  fileprivate init(_ name: String, _ days: CoveredDays) {
    self.init(name: name, from: days.start, to: days.end)
  }

  fileprivate mutating func add(_ days: CoveredDays) {
    from = min(from, days.start)
    to = max(to, days.end)
    missions += 1
    if days.status == .done { done += 1 }
    if days.status == .failed { failed += 1 }
    if days.isSuspicious { suspicious += 1 }
    ads += days.ads
  }
}
