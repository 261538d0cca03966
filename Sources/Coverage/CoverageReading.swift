import MissionCore

/// What the wanted days of all slices came to.
package struct CoverageTotals: Hashable, Sendable {
  package internal(set) var counts = DayCounts()
  package internal(set) var slices = 0
  /// Missions that have to be run, by the state of the days that they are needed for.
  package internal(set) var repairs: [DayState: Int] = [:]

  package init() {}

  /// Every wanted day is there, or was given up by a person.
  package var isWhole: Bool { counts.toRepair == 0 }
  package var missionsToRepair: Int { repairs.values.reduce(0, +) }
}

/// Tells of sorted missions, slice by slice, how each wanted day stands. Streams: nothing is kept but the ranges of one
/// slice.
package enum CoverageReading {
  /// - Parameters:
  ///   - slice: takes each slice that has wanted days, in their order.
  ///   - repair: takes the missions that have to be run, those of a slice before the slice itself.
  package static func run(
    _ streams: [any MissionStream], _ wanted: WantedDays, slice take: (SliceCoverage) throws -> Void,
    repair: (RepairRow) throws -> Void
  ) throws -> CoverageTotals {
    var totals = CoverageTotals()
    var missions = try MergedMissions(streams)
    var sweep: SliceSweep?
    var current: MissionSlice?
    var repairs: [DayState: Int] = [:]
    func count(_ row: RepairRow) throws {
      repairs[row.state, default: 0] += 1
      try repair(row)
    }
    func end() throws {
      guard let coverage = try sweep?.finish(count), !coverage.ranges.isEmpty else { return }
      totals.counts.add(coverage.counts)
      totals.slices += 1
      try take(coverage)
    }
    while let mission = try missions.next() {
      if current == nil || current != mission.slice {
        try end()
        sweep = SliceSweep(mission.slice, wanted)
        current = mission.slice
      }
      try sweep?.add(mission, count)
    }
    try end()
    totals.repairs = repairs
    return totals
  }
}
