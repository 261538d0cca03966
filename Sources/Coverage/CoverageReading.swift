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

/// Tells slice by slice how each wanted day stands. Nothing is kept but the ranges of one slice.
package enum CoverageReading {
  /// - Parameters:
  ///   - slice: takes each slice that has wanted days, in their order.
  ///   - repair: takes the missions that have to be run, those of a slice before the slice itself.
  package static func run(
    _ missions: KnownMissions, _ wanted: WantedDays, slice take: (SliceCoverage) throws -> Void,
    repair: (RepairRow) throws -> Void
  ) throws -> CoverageTotals {
    var totals = CoverageTotals()
    var repairs: [DayState: Int] = [:]
    func count(_ row: RepairRow) throws {
      repairs[row.state, default: 0] += 1
      try repair(row)
    }
    try missions.each { slice, missions in
      var sweep = SliceSweep(slice, wanted)
      for mission in missions { try sweep.add(mission, count) }
      let coverage = try sweep.finish(count)
      guard !coverage.ranges.isEmpty else { return }
      totals.counts.add(coverage.counts)
      totals.slices += 1
      try take(coverage)
    }
    totals.repairs = repairs
    return totals
  }
}
