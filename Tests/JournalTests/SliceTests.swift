import MissionCore
import SQLite
import Testing

@testable import Journal

@Suite("Missions by slice and day", .timeLimit(.minutes(5)))
struct SliceTests {
  private static func slice(_ number: Int) -> MissionSlice {
    let values = ParameterValues([.init(name: "conta", value: .integer(Int64(number / 12)))])
    return MissionSlice(
      source: number % 2 == 0 ? "default" : "jobs",
      mediaType: [nil, .all, .video, .image][number % 4], languages: ["", "pt", "eng,pt"][number % 3],
      values: number < 12 ? ParameterValues() : values)
  }

  private struct Found: Hashable, Comparable {
    let slice: Int
    let from: Int32
    let to: Int32
    let note: UInt32

    static func < (left: Found, right: Found) -> Bool {
      (left.slice, left.from, left.to, left.note) < (right.slice, right.from, right.to, right.note)
    }
  }

  @Test(
    "they come back whole, by slice, first day, last day and as they came, however little fits into the memory",
    arguments: [1, 300, 4000, 1 << 20])
  func sorted(mostBytes: Int) throws {
    var random = Scatter(seed: UInt64(mostBytes))
    let slices = (0..<60).map(Self.slice)
    // One by one: the lowest is the first of its own order.
    let order = slices.indices.sorted { slices[$0] < slices[$1] }
    let collection = CoveredSlices(mostBytes: mostBytes)
    var wanted: [Found] = []
    for note in 0..<3000 {
      let slice = Int.random(in: 0..<slices.count, using: &random)
      let from = Int32.random(in: -9...9, using: &random)
      let to = from + Int32.random(in: 0...2, using: &random)
      if note % 2 == 0 {
        try collection.add(slices[slice], from: from, to: to, note: UInt32(note))
      } else {
        let (first, last) = (CalendarDay(daysSinceEpoch: from), CalendarDay(daysSinceEpoch: to))
        try collection.add(slices[slice].mission(from: first, to: last), note: UInt32(note))
      }
      wanted.append(Found(slice: order.firstIndex(of: slice)!, from: from, to: to, note: UInt32(note)))
    }
    for _ in 0..<2 {
      var found: [Found] = []
      try collection.each { slice, missions in
        let place = try #require(order.firstIndex { slices[$0] == slice })
        #expect(slice.values == slices[order[place]].values && slice.source == slices[order[place]].source)
        found += missions.map { Found(slice: place, from: $0.from, to: $0.to, note: $0.note) }
      }
      #expect(found == wanted.sorted(), "also when they are asked for once more")
    }
  }

  @Test(
    "coverage, plan and report --all read the journal in one pass: no row is sorted, none is looked for by its id"
  )
  func onePass() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions((0..<6).map { mission($0) }, at: start)
    _ = try fixture.journal.prune(PruneChoice(ids: [mission(1).id]), at: start)
    var filter = MissionFilter()
    filter.shard = MissionFilter.Shard(index: 0, count: 2)
    let condition = FilterSQL(filter).condition
    let reader = try fixture.reader()
    for sql in [
      try reader.sliceSQL(condition, namesOutside: true), PlanScratch.journalSQL(condition),
      JournalReader.outcomeSQL(condition),
    ] {
      let rows = try reader.connection.prepare("EXPLAIN QUERY PLAN " + sql)
      var steps: [String] = []
      while try rows.step() { steps.append(rows.text(3) ?? "") }
      #expect(steps.contains { $0.hasPrefix("SCAN") && $0.contains("missions") })
      #expect(!steps.contains { $0.contains("TEMP B-TREE") || $0.contains("missions USING") }, "\(steps)")
    }
  }

  @Test("status tells the FAILED missions by day and by code from their index: no mission's row is read")
  func failedFromIndex() throws {
    let fixture = try Fixture()
    let reader = try fixture.reader()
    var failed = MissionFilter()
    failed.statuses = [.failed]
    for sql in [JournalReader.daysSQL(FilterSQL(failed).condition), JournalReader.failedByCodeSQL] {
      let rows = try reader.connection.prepare("EXPLAIN QUERY PLAN " + sql)
      #expect(try rows.step())
      #expect(rows.text(3)?.contains("USING COVERING INDEX missions_failed") == true, "\(rows.text(3) ?? "")")
    }
    failed.statuses = [.failed, .cancelled]
    let list = try reader.connection.prepare(
      "EXPLAIN QUERY PLAN SELECT number FROM missions WHERE \(FilterSQL(failed).condition)")
    #expect(try list.step())
    #expect(list.text(3)?.contains("missions_queue") == true, "what is not DONE has an index")
  }
}
