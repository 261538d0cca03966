import MissionCore
import Testing

@testable import Coverage

@Suite("Which days are there", .timeLimit(.minutes(5)))
struct SweepTests {
  private static let slices = [
    MissionSlice(source: "default", mediaType: .video, languages: "pt", values: ParameterValues()),
    MissionSlice(source: "default", mediaType: .video, languages: "eng,pt", values: ParameterValues()),
    MissionSlice(
      source: "jobs", mediaType: nil, languages: "",
      values: ParameterValues([.init(name: "conta", value: .integer(42))])),
  ]

  private func mission(
    _ from: Int32, _ to: Int32, _ standing: MissionStanding?, isWanted: Bool = false, slice: Int = 0
  ) -> SlicedMission {
    SlicedMission(
      slice: Self.slices[slice],
      mission: CoveringMission(from: from, to: to, standing: standing, isWanted: isWanted))
  }

  private func read(
    _ journals: [[SlicedMission]], _ wanted: WantedDays
  ) throws -> (slices: [SliceCoverage], repairs: [RepairRow], totals: CoverageTotals) {
    var slices: [SliceCoverage] = []
    var repairs: [RepairRow] = []
    let known = KnownMissions()
    for mission in journals.joined() { try known.add(mission.mission, of: mission.slice) }
    let totals = try CoverageReading.run(
      known, wanted, slice: { slices.append($0) }, repair: { repairs.append($0) })
    return (slices, repairs, totals)
  }

  /// `1-3 done`.
  private func text(_ ranges: [DayRange]) -> [String] {
    ranges.map { "\($0.from)-\($0.to) \($0.state.rawValue)" }
  }

  @Test("a range counts for each of its days, and the best of several missions is the day's state")
  func best() throws {
    let found = try read(
      [[mission(1, 10, .failed), mission(3, 4, .done), mission(6, 6, .pending), mission(8, 20, .cancelled)]],
      WantedDays(.span))
    #expect(
      text(found.slices[0].ranges) == [
        "1-2 failed", "3-4 done", "5-5 failed", "6-6 pending", "7-10 failed", "11-20 cancelled",
      ])
    #expect(found.totals.counts[.failed] == 7 && found.totals.counts.total == 20)
    #expect(!found.totals.isWhole)
  }

  @Test("of several journals a mission counts once, with what one of them has done")
  func journals() throws {
    let found = try read(
      [
        [mission(1, 1, .pending), mission(2, 2, .failed), mission(3, 3, .pending)],
        [mission(1, 1, .done), mission(2, 2, .running), mission(3, 3, .cancelled)],
      ], WantedDays(.span))
    #expect(text(found.slices[0].ranges) == ["1-1 done", "2-2 failed", "3-3 cancelled"])
  }

  @Test("a listed mission that no journal knows is pending; what only a wish names is missing")
  func wishes() throws {
    let found = try read(
      [
        [mission(1, 1, .done), mission(9, 9, .failed)],
        [mission(1, 1, .pending), mission(2, 2, .pending)],
        [mission(1, 3, nil, isWanted: true)],
      ], WantedDays(.named))
    #expect(text(found.slices[0].ranges) == ["1-1 done", "2-2 pending", "3-3 missing"])
    #expect(
      found.repairs.map { "\($0.from.daysSinceEpoch)-\($0.to.daysSinceEpoch) \($0.state)" } == [
        "2-2 pending", "1-3 missing",
      ])
  }

  @Test(
    "without a wish the days between the first and the last known one are wanted, or those that are asked for"
  )
  func span() throws {
    let known = [mission(5, 5, .done), mission(8, 8, .empty)]
    #expect(
      try text(read([known], WantedDays(.span)).slices[0].ranges) == ["5-5 done", "6-7 missing", "8-8 empty"])
    let asked = try read([known], WantedDays(.span, from: 3, to: 6))
    #expect(text(asked.slices[0].ranges) == ["3-4 missing", "5-5 done", "6-6 missing"])
    let before = try read([known], WantedDays(.span, from: 1, to: 2))
    #expect(text(before.slices[0].ranges) == ["1-2 missing"])
    let behind = try read([known], WantedDays(.span, from: 10, to: 11))
    #expect(text(behind.slices[0].ranges) == ["10-11 missing"])
    #expect(try read([known], WantedDays(.span, from: 9)).slices.isEmpty)
  }

  @Test("a gap is asked for in steps as long as the mission before it")
  func steps() throws {
    let found = try read([[mission(1, 7, .done), mission(20, 26, .done)]], WantedDays(.span))
    #expect(found.repairs.map(\.from.daysSinceEpoch) == [8, 15])
    #expect(found.repairs.map(\.to.daysSinceEpoch) == [14, 19])
  }

  @Test("of the missions that would mend a day the shortest is run again")
  func shortest() throws {
    let found = try read(
      [
        [mission(1, 31, .failed), mission(10, 10, .failed)]
          + (1...31).filter { $0 != 10 }.map { mission($0, $0, .done) }
      ],
      WantedDays(.span))
    #expect(found.repairs.map { [$0.from.daysSinceEpoch, $0.to.daysSinceEpoch] } == [[10, 10]])
  }

  @Test("a long range costs nothing, at whichever end of the calendar it lies")
  func long() throws {
    let last = CalendarDay("9999-12-31")!.daysSinceEpoch
    let first = CalendarDay("0001-01-01")!.daysSinceEpoch
    let found = try read([[mission(first, last, .done)]], WantedDays(.span))
    #expect(found.totals.counts[.done] == Int(last) - Int(first) + 1)
  }

  @Test("every day stands as a naive calendar has it, and what is offered for repair mends all of them")
  func naive() throws {
    var random = SeededRandom(seed: 20_260_131)
    let standings: [MissionStanding?] = [
      .done, .suspicious, .empty, .lost, .failed, .running, .queued, .cancelled, .pending, nil,
    ]
    for round in 0..<3000 {
      let journals = (0...Int.random(in: 0...2, using: &random)).map { _ in
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
          let from = Int32.random(in: -20...20, using: &random)
          let length = Int32.random(in: 0...Int32.random(in: 0...15, using: &random), using: &random)
          return mission(
            from, from + length, standings.randomElement(using: &random)!,
            isWanted: Bool.random(using: &random), slice: Int.random(in: 0...2, using: &random))
        }
      }
      let bounds = [Int32?.none, .random(in: -25...25, using: &random)]
      let from = bounds.randomElement(using: &random)!
      let to = bounds.randomElement(using: &random)!.map { max($0, from ?? $0) }
      let wanted = WantedDays(Bool.random(using: &random) ? .named : .span, from: from, to: to)
      let found = try read(journals, wanted)
      let plain = PlainCalendar(missions: journals.flatMap(\.self), wanted: wanted)
      for slice in plain.slices {
        let coverage = found.slices.first { $0.slice == slice }
        var states: [Int32: DayState] = [:]
        for range in coverage?.ranges ?? [] {
          for day in range.from...range.to {
            #expect(states[day] == nil, "round \(round): day \(day) comes twice")
            states[day] = range.state
          }
        }
        try #require(states == plain.states(of: slice), "round \(round)")
        // Neighbours of one state are one range.
        for (left, right) in zip(coverage?.ranges ?? [], coverage?.ranges.dropFirst() ?? []) {
          #expect(left.to < right.from && (left.state != right.state || left.to + 1 < right.from))
        }
        expectMended(states, by: found.repairs.filter { $0.slice == slice }, round)
      }
      #expect(found.slices.map(\.slice) == found.slices.map(\.slice).sorted())
      #expect(found.totals.counts.total == found.slices.reduce(0) { $0 + $1.counts.total })
    }
  }

  /// Every day that needs it lies in a row, and no row is without such a day.
  private func expectMended(_ states: [Int32: DayState], by rows: [RepairRow], _ round: Int) {
    let broken = Set(states.filter(\.value.needsRepair).keys)
    var mended: Set<Int32> = []
    for row in rows {
      let days = Set(row.from.daysSinceEpoch...row.to.daysSinceEpoch)
      #expect(!days.isDisjoint(with: broken.subtracting(mended)), "round \(round): a row mends nothing new")
      mended.formUnion(days)
    }
    #expect(broken.isSubset(of: mended), "round \(round): \(broken.subtracting(mended)) stay")
  }
}
