import MissionCore

/// Finds the missions of a slice that have to be run for days that are not there, in the missions' own ranges; pure.
///
/// Of those that cover a day and stand as the day does the shortest is taken, so that little else is run again; days
/// that a mission which was taken already covers need no other.
struct RepairSearch {
  private typealias Row = (from: Int32, to: Int32)

  /// Missions beyond this number that cover one day are looked through for those that are over.
  private static let manyRows = 64

  private let slice: MissionSlice
  /// By the state that they give their days, those that may still cover a day.
  private var rows: [DayState: [Row]] = [:]
  /// Days up to here are covered by what was taken.
  private var repairedTo = Int32.min
  /// Days of the mission before: what is missing between missions is asked for in such steps.
  private var length: Int32 = 1

  init(_ slice: MissionSlice) { self.slice = slice }

  mutating func add(_ mission: CoveringMission, _ state: DayState) {
    length = mission.to - mission.from + 1
    guard state.needsRepair else { return }
    var found = rows[state] ?? []
    // Emptied first, so that the array is not copied.
    rows[state] = nil
    if found.count >= Self.manyRows { found.removeAll { $0.to < mission.from } }
    found.append((mission.from, mission.to))
    rows[state] = found
  }

  /// - Parameter range: behind all that was asked for before.
  mutating func find(_ range: DayRange, _ take: (RepairRow) throws -> Void) rethrows {
    var day = max(range.from, repairedTo == .max ? .max : repairedTo + 1)
    while day <= range.to {
      let row = row(covering: day, range)
      try take(
        RepairRow(
          slice: slice, from: CalendarDay(daysSinceEpoch: row.from), to: CalendarDay(daysSinceEpoch: row.to),
          state: range.state))
      repairedTo = max(repairedTo, row.to)
      day = repairedTo + 1
    }
  }

  private mutating func row(covering day: Int32, _ range: DayRange) -> Row {
    var found = rows[range.state] ?? []
    rows[range.state] = nil
    found.removeAll { $0.to < day }
    let shortest = found.filter { $0.from <= day }.min { $0.to - $0.from < $1.to - $1.from }
    if !found.isEmpty { rows[range.state] = found }
    // Nobody names a day that only lies between others.
    return shortest ?? (day, min(day + length - 1, range.to))
  }
}
