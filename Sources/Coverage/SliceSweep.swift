import MissionCore

/// Goes through the missions of one slice by their first days and tells the wanted days' states; pure.
///
/// Of each state only the farthest last day is remembered: of missions that come by their first days it alone decides
/// whether the state still covers a day. So neither a long range nor many missions cost memory.
struct SliceSweep {
  private let wanted: WantedDays
  private var coverage: SliceCoverage
  private var repairs: RepairSearch
  /// The farthest last day of each state in `DayState.bestFirst`.
  private var ends = [Int32](repeating: .min, count: DayState.bestFirst.count)
  /// The farthest day of any mission.
  private var last = Int32.min
  /// The farthest day that is named as wanted.
  private var wantedEnd = Int32.min
  /// The first day that nothing was said of yet; nil before the first mission.
  private var next: Int32?

  init(_ slice: MissionSlice, _ wanted: WantedDays) {
    self.wanted = wanted
    coverage = SliceCoverage(slice: slice)
    repairs = RepairSearch(slice)
  }

  /// - Parameter repair: takes the missions that have to be run for the days that are now known.
  mutating func add(_ mission: CoveringMission, _ repair: (RepairRow) throws -> Void) rethrows {
    if next == nil {
      next = wanted.rule == .span ? wanted.from ?? mission.from : max(wanted.from ?? .min, mission.from)
    }
    if mission.from > .min { try tell(through: mission.from - 1, repair) }
    if let state = mission.standing?.dayState, let place = DayState.bestFirst.firstIndex(of: state) {
      ends[place] = max(ends[place], mission.to)
      repairs.add(mission, state)
    } else {
      repairs.add(mission, .missing)
    }
    last = max(last, mission.to)
    if mission.isWanted { wantedEnd = max(wantedEnd, mission.to) }
  }

  mutating func finish(_ repair: (RepairRow) throws -> Void) rethrows -> SliceCoverage {
    try tell(through: wanted.rule == .span ? wanted.to ?? last : last, repair)
    return coverage
  }

  /// Says all that is known of the days up to `limit`: no mission that is still to come begins before it.
  private mutating func tell(through limit: Int32, _ repair: (RepairRow) throws -> Void) rethrows {
    let limit = min(limit, wanted.to ?? limit)
    guard var day = next, day <= limit else { return }
    while day <= limit {
      var last = limit
      if wanted.rule == .named {
        guard wantedEnd >= day else { break }
        last = min(last, wantedEnd)
      }
      var state = DayState.missing
      if let best = ends.firstIndex(where: { $0 >= day }) {
        state = DayState.bestFirst[best]
        last = min(last, ends[best])
      }
      let range = DayRange(from: day, to: last, state: state)
      if coverage.ranges.last?.state != state
        || coverage.ranges[coverage.ranges.count - 1].join(range) == false
      {
        coverage.ranges.append(range)
      }
      coverage.counts.add(range)
      if state.needsRepair { try repairs.find(range, repair) }
      day = last + 1
    }
    next = limit + 1
  }
}
