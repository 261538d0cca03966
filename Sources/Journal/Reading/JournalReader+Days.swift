import MissionCore
import SQLite

/// Missions of the journal that cover the same days and have the same status.
public struct CoveredDays: Hashable, Sendable {
  public let start: CalendarDay
  public let end: CalendarDay
  public let status: MissionStatus
  public var missions: Int
  /// Elements of `data`, of DONE missions.
  public var ads: Int64
}

extension JournalReader {
  /// How the whole journal covers the calendar, whichever run did it, in no order; nil when there are more than
  /// `limit` different kinds.
  ///
  /// - Parameter isWanted: asked again and again; false ends it, with nil.
  public func coveredDays(limit: Int, while isWanted: () -> Bool = { true }) throws(JournalError)
    -> [CoveredDays]?
  {
    struct Key: Hashable {
      let start: Int64
      let end: Int64
      let status: Int64
    }
    return try reading {
      // Added up here and not by GROUP BY, which would sort a million rows first.
      let rows = try connection.prepare(
        "SELECT date_start, date_end, status, coalesce(ads_count, 0) FROM missions")
      var places: [Key: Int] = [:]
      var days: [CoveredDays] = []
      var count = 0
      while try rows.step() {
        count += 1
        guard count % 16_384 != 0 || isWanted() else { return nil }
        let key = Key(start: rows.integer(0), end: rows.integer(1), status: rows.integer(2))
        let status = MissionStatus(stored: key.status)
        let ads = status == .done ? rows.integer(3) : 0
        if let place = places[key] {
          days[place].missions += 1
          days[place].ads += ads
        } else if days.count == limit {
          return nil
        } else {
          places[key] = days.count
          days.append(
            CoveredDays(start: rows.day(0), end: rows.day(1), status: status, missions: 1, ads: ads))
        }
      }
      return days
    }
  }
}
