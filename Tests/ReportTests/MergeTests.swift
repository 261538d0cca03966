import Files
import Foundation
import Journal
import MissionCore
import TestSupport
import Testing

@testable import Report
@testable import ReportPage

/// A journal of one shard, with its reports beside it, and what a person would write down of it.
private final class ShardSite {
  let folder: String
  let journal: Journal
  /// As the journal has it in the end.
  var inJournal: [MissionID: (status: MissionStatus, at: Int64)] = [:]
  /// As its reports have it, the newest of each mission.
  var inReports: [MissionID: (status: MissionStatus, at: Int64)] = [:]
  var path: String { journal.path }
  private var now: Int64 = 0

  init(_ root: String, index: Int, of count: Int) throws {
    folder = root + "/shard-\(index)-of-\(count)"
    journal = try Journal.open(path: folder + "/journal.sqlite", busy: .seconds(1))
  }

  deinit { journal.close() }

  static func id(_ number: Int) -> MissionID { JournalFixture.id(number) }

  /// One run over missions that are to end so; `others` are imported and not chosen.
  func run(
    _ id: String, shard: MissionFilter.Shard?, at start: Int64,
    _ wanted: [(number: Int, status: MissionStatus)], others: [Int] = []
  ) throws {
    now = start
    let rows = (wanted.map(\.number) + others).map { number in
      let day = CalendarDay("2025-03-01")!.adding(days: number)
      return (
        id: Self.id(number),
        parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
        priority: 0
      )
    }
    var record = RunRecord(id: id, startedAt: JournalFixture.time(start))
    record.shard = shard
    try journal.beginRun(record)
    _ = try journal.importMissions(rows, at: JournalFixture.time(start), runID: id)
    for number in others where inJournal[Self.id(number)] == nil {
      inJournal[Self.id(number)] = (.pending, start)
    }
    var rule = SelectionRule()
    rule.filter.ids = wanted.map { Self.id($0.number) }
    rule.retriesFailed = true
    // No ids would mean all.
    if wanted.isEmpty { rule.limit = 0 }
    _ = try journal.select(run: id, rule, at: JournalFixture.time(start))
    // What an earlier run had chosen and nobody began is chosen no more.
    for (id, card) in inJournal
    where card.status == .queued && !wanted.contains(where: { Self.id($0.number) == id }) {
      inJournal[id] = (.pending, card.at)
    }
    for (number, status) in wanted {
      try bring(number, to: status, run: id)
      let at = status == .queued ? start : now
      inJournal[Self.id(number)] = (status, at)
      inReports[Self.id(number)] = (status, at)
    }
    let reader = try JournalReader(path: path)
    var circumstances = ReportCircumstances(now: JournalFixture.time(now))
    circumstances.exitCode = 0
    try Folder.make(folder + "/reports")
    try ResultsFile.write(
      to: ResultsFile.path(inFolder: folder + "/reports", runID: id), runID: id, from: reader, circumstances)
    try journal.endRun(id, exitCode: 0, ended: .finished, at: JournalFixture.time(now))
  }

  private func bring(_ number: Int, to status: MissionStatus, run: String) throws {
    func step(_ change: MissionChange) throws {
      now += 1
      let transition = MissionTransition(
        mission: Self.id(number), change: change, events: [], at: JournalFixture.time(now))
      try journal.write([.mission(transition)], runID: run)
    }
    switch status {
    case .pending, .queued: return
    case .cancelled: try step(.cancelled)
    case .running, .failed, .done:
      try step(.started(worker: "worker-1"))
      if status == .running { return }
      if status == .failed { return try step(.failed(code: .jobFailed, cause: nil, message: "no")) }
      try step(.scrapeStarting(worker: "worker-1", proxy: nil))
      try step(.scrapeStarted(jobID: "job-\(number)"))
      try step(.scrapeCompleted(adsCount: 2, size: 20, sha256: String(repeating: "a", count: 64), seconds: 1))
      try step(.dbCompleted(seconds: 1))
      try step(.s3Completed(key: "k", etag: "e", size: 9, sha256: "b", seconds: 1))
    }
  }
}

@Suite("Reports of several shards as one", .timeLimit(.minutes(5)))
struct MergeTests {
  private let temporary = TemporaryFolder()

  private func merge(_ paths: [String]) throws -> MergedReport {
    try MergedReport(try MergeInputs(paths: paths), now: JournalFixture.time(10_000)) { $0.isWhole ? 0 : 1 }
  }

  private func part(_ index: Int, _ count: Int) -> MissionFilter.Shard {
    MissionFilter.Shard(index: UInt64(index), count: UInt64(count))
  }

  private func statuses(_ report: MergedReport) throws -> [MissionID: MissionStatus] {
    var found: [MissionID: MissionStatus] = [:]
    try report.eachMission { mission in
      #expect(found.updateValue(mission.status, forKey: mission.id) == nil, "a mission is there twice")
      return true
    }
    return found
  }

  @Test("a merge of too many missions for a page tells the days of all of them, each mission once")
  func calendar() throws {
    let sites = try (0..<2).map { try ShardSite(temporary.path, index: $0, of: 2) }
    try sites[0].run("run-0", shard: nil, at: 0, [(1, .done), (2, .done), (3, .failed)], others: [4])
    try sites[1].run("run-1", shard: nil, at: 50, [(3, .done), (5, .cancelled)], others: [1, 2])
    let report = try merge(sites.map(\.path))
    let calendar = try #require(try report.wholeCalendar(limit: 100))
    let first = CalendarDay("2025-03-01")!.daysSinceEpoch
    let told = calendar.days.map { "\($0.start.daysSinceEpoch - first) \($0.status.rawValue) \($0.ads)" }
    #expect(told.sorted() == ["1 DONE 2", "2 DONE 2", "3 DONE 2", "4 PENDING 0", "5 CANCELLED 0"])
    #expect(calendar.slices.map(\.missions) == [5] && calendar.slices.map(\.done) == [3])
    #expect(try report.wholeCalendar(limit: 4) == nil, "more kinds of days than a page can take")
  }

  // MARK: Against a naive merge

  /// What a person does with all entries on cards.
  private func naive(_ parts: [[MissionID: (status: MissionStatus, at: Int64)]]) -> [MissionID: MissionStatus]
  {
    let order: [MissionStatus] = [.done, .failed, .running, .queued, .cancelled, .pending]
    var cards: [MissionID: [(MissionStatus, Int64)]] = [:]
    for part in parts { for (id, card) in part { cards[id, default: []].append(card) } }
    return cards.mapValues { cards in
      for status in order { if cards.contains(where: { $0.0 == status }) { return status } }
      return .pending
    }
  }

  @Test("random journals and reports are merged as cards on a table are", arguments: 0..<24)
  func property(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let root = temporary.path + "/\(seed)"
    let count = Int.random(in: 1...4, using: &random)
    let ends: [MissionStatus] = [.done, .failed, .running, .queued, .cancelled]
    var paths: [String] = []
    var parts: [[MissionID: (status: MissionStatus, at: Int64)]] = []
    var sites: [ShardSite] = []
    for index in 0..<count {
      let site = try ShardSite(root, index: index, of: count)
      sites.append(site)
      let numbers = (1...14).shuffled(using: &random)
      let first = numbers.prefix(Int.random(in: 0...8, using: &random)).map {
        (number: $0, status: ends.randomElement(using: &random)!)
      }
      let others = Array(numbers.suffix(Int.random(in: 0...5, using: &random)))
      try site.run(
        "run-\(seed)-\(index)-a", shard: part(index, count), at: Int64(100 * index), first, others: others)
      if Bool.random(using: &random) {
        // A second run chooses failed ones and pending ones again.
        let again =
          first.filter { $0.status == .failed }.map(\.number)
          + others.filter { number in
            !first.contains { $0.number == number }
          }
        try site.run(
          "run-\(seed)-\(index)-b", shard: part(index, count), at: Int64(1_000 + 100 * index),
          again.map { (number: $0, status: [.done, .failed].randomElement(using: &random)!) })
      }
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        paths.append(site.path)
        parts.append(site.inJournal)
      case 1:
        paths.append(site.folder)
        parts.append(site.inJournal)
      case 2:
        // Its reports alone; one file leads to all of the same journal.
        paths.append(site.folder + "/reports/run-\(seed)-\(index)-a.json")
        parts.append(site.inReports)
      default:
        // All of them at once: the journal is stronger, and counts once.
        paths += [site.folder + "/reports/run-\(seed)-\(index)-a.json", site.folder, site.path, site.path]
        parts.append(site.inJournal)
      }
    }
    let merged = try merge(paths)
    let wanted = naive(parts)
    #expect(try statuses(merged) == wanted)
    let counts = merged.run.counts
    #expect(counts.selected == wanted.count)
    #expect(counts.done == wanted.values.count { $0 == .done })
    #expect(counts.failed == wanted.values.count { $0 == .failed })
    #expect(counts.cancelled == wanted.values.count { $0 == .cancelled })
    #expect(merged.survey.isWhole && merged.survey.parts.count == count)
    for (index, cards) in parts.enumerated() {
      let own = cards.keys.count { $0.belongs(toShard: UInt64(index), of: UInt64(count)) }
      #expect(merged.survey.parts[index].missions == own)
    }
    #expect(merged.account.listed == wanted.count)
    // The order of the paths says nothing.
    #expect(try statuses(merge(paths.shuffled(using: &random))) == wanted)
  }

  // MARK: Parts

  private func survey(_ parts: [(index: Int, count: Int, id: String, at: Int64)]) -> ShardSurvey {
    ShardSurvey(
      parts.map {
        ShardSurvey.Part(
          shard: part($0.index, $0.count), journalID: $0.id, path: $0.id, latest: JournalFixture.time($0.at))
      })
  }

  @Test("missing shards and those that are there twice are named; the newest run says how many there are")
  func missing() {
    let eight = [0, 1, 2, 3, 4, 6, 7].map { (index: $0, count: 8, id: "a\($0)", at: Int64($0)) }
    #expect(survey(eight).missing == [5] && survey(eight).overlapping == [] && !survey(eight).isWhole)
    let four = (0..<4).map { (index: $0, count: 4, id: "b\($0)", at: Int64(100)) }
    #expect(survey(eight + four).isWhole)
    #expect(survey(eight + four.dropLast()).missing == [3])
    let twice = eight + [(index: 2, count: 8, id: "other", at: Int64(3))]
    #expect(survey(twice).overlapping == [2] && survey(twice).missing == [5])
    let alone = ShardSurvey([ShardSurvey.Part(shard: nil, journalID: "x", path: "p")])
    #expect(alone.isWhole && alone.count == nil)
  }

  @Test("a state folder leads to the shards' journals, and the workers of each are told apart")
  func folder() throws {
    let root = temporary.path + "/state"
    for index in 0..<2 {
      let site = try ShardSite(root, index: index, of: 3)
      try site.run("run-\(index)", shard: part(index, 3), at: 0, [(index + 1, .done)])
    }
    // What else lies there is no journal.
    try Data("SQLite format 3\0 and so on".utf8).write(to: URL(fileURLWithPath: root + "/ads.sqlite"))
    let merged = try merge([root])
    #expect(merged.survey.parts.map(\.label) == ["0/3", "1/3"])
    #expect(merged.survey.missing == [2] && merged.run.exitCode == 1)
    #expect(merged.summary.workers.map(\.name) == ["0/3 worker-1", "1/3 worker-1"])
    var lanes: Set<String> = []
    try merged.withLanes.eachMission { lanes.insert($0.worker ?? "").inserted }
    #expect(lanes == ["0/3 worker-1", "1/3 worker-1"])
    #expect(try merged.events(of: ShardSite.id(1)).count > 0)
    var bytes: [UInt8] = []
    try ResultsFile.stream(merged) { bytes += $0 }
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(object["missing"] as? [Int] == [2] && object["overlapping"] as? [Int] == [])
    let shards = try #require(object["shards"] as? [[String: Any]])
    #expect(shards.map { $0["index"] as? Int } == [0, 1] && shards.allSatisfy { $0["count"] as? Int == 3 })
    #expect(shards.map { $0["missions"] as? Int } == [1, 1])
    #expect(shards.allSatisfy { ($0["journal_id"] as? String)?.count == 32 })
    #expect(
      (object["missions"] as? [[String: Any]])?.map { $0["worker"] as? String } == ["worker-1", "worker-1"])
    let text = SummaryText(merged.summary).render()
    #expect(text.contains("shard 2 of 3 is missing"), "\(text)")
    #expect(text.contains("0/3 worker-1"))
  }

  @Test("a path that leads to nothing, and a file that is no report, are told with 66")
  func nothing() throws {
    let file = temporary.path + "/x.json"
    try Data(#"{"run_id": 1}"#.utf8).write(to: URL(fileURLWithPath: file))
    try Folder.make(temporary.path + "/empty")
    for path in [temporary.path + "/gone", file, temporary.path + "/empty"] {
      let failure = #expect(throws: CommandFailure.self) { try MergeInputs(paths: [path]) }
      #expect(failure?.exitCode == .notFound)
    }
  }

  @Test("a report says which shard of which journal it is, and what the journal holds altogether")
  func members() throws {
    let site = try ShardSite(temporary.path, index: 1, of: 2)
    try site.run("run-a", shard: part(1, 2), at: 0, [(1, .done), (2, .failed)], others: [3])
    let path = ResultsFile.path(inFolder: site.folder + "/reports", runID: "run-a")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
    #expect(object["shard"] as? [String: Int] == ["index": 1, "count": 2])
    #expect((object["journal_id"] as? String) == site.journal.identity)
    #expect(
      object["cumulative"] as? [String: Int] == [
        "total": 3, "pending": 1, "queued": 0, "running": 0, "done": 1, "failed": 1, "cancelled": 0,
      ])
    let stored = try #require(StoredReport(path: path))
    #expect(stored.run.shard == part(1, 2) && stored.summary.journalID == site.journal.identity)
  }
}
