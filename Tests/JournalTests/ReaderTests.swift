import Glibc
import MissionCore
import SQLite
import Testing

@testable import Journal

@Suite("Reading the journal", .timeLimit(.minutes(5)))
struct ReaderTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  @Test("a reader sees what is committed while the writer goes on, each call one state")
  func live() throws {
    let reader: JournalReader = try {
      _ = try fixture.journal.importMissions([mission(0)], at: start)
      return try fixture.reader()
    }()
    #expect(try reader.counts().pending == 1)
    var seen = 0
    _ = try fixture.journal.importMissions([mission(1)], at: start)
    try reader.eachMission(MissionFilter()) { _ in
      _ = try fixture.journal.importMissions([mission(2), mission(3)], at: start)
      seen += 1
      return true
    }
    #expect(seen == 2)
    #expect(try reader.counts().pending == 4)
    let refused = failure {
      try reader.reading { try reader.connection.execute("DELETE FROM missions") }
    }
    #expect(refused != nil)
  }

  @Test("a mission is found by a prefix of its id, with or without dashes")
  func prefixes() throws {
    _ = try fixture.journal.importMissions((0..<300).map { mission($0) }, at: start)
    let reader = try fixture.reader()
    let id = mission(5).id
    let text = "\(id)"
    let bare = text.filter { $0 != "-" }
    for prefix in [text, bare, text.uppercased(), String(text.prefix(15)), String(bare.prefix(13))] {
      #expect(try reader.mission(idPrefix: prefix).map(\.id) == [id], "\(prefix)")
    }
    #expect(try reader.mission(idPrefix: String(text.prefix(1))).count == 2)
    for nonsense in ["", "-", "xyz", text + "0"] { #expect(try reader.mission(idPrefix: nonsense).isEmpty) }
  }

  @Test("lists page in order with totals and a summary")
  func lists() throws {
    _ = try fixture.journal.importMissions((0..<10).map { mission($0) }, at: start)
    var filter = MissionFilter()
    filter.from = CalendarDay("2025-01-04")
    try fixture.run("r", filter)
    let reader = try fixture.reader()
    let page = try reader.missions(MissionFilter(), limit: 3, offset: 2)
    #expect(page.map(\.id) == (2..<5).map { mission($0).id })
    #expect(try reader.missions(filter, limit: 2, order: .newest).map(\.id) == [9, 8].map { mission($0).id })
    #expect(try reader.total(filter) == 7)
    #expect(try reader.summary(filter).queued == 7)
    #expect(try reader.summary(MissionFilter()).pending == 3)
    filter.runID = "r"
    #expect(try reader.total(filter) == 7)
    var visited = 0
    try reader.eachMission(filter) { _ in
      visited += 1
      return visited < 4
    }
    #expect(visited == 4)
  }

  @Test("the report's figures come from the run's missions")
  func report() throws {
    _ = try fixture.journal.importMissions((0..<23).map { mission($0) }, at: start)
    try fixture.run("r")
    for index in 0..<20 {
      let id = mission(index).id
      try fixture.write(id, .started(worker: "w\(index % 2)"))
      try fixture.write(id, .scrapeStarting(worker: "w\(index % 2)", proxy: index < 5 ? nil : "p:1"))
      try fixture.write(id, .scrapeCompleted(adsCount: 2, size: 10, sha256: "s", seconds: Double(index + 1)))
      try fixture.write(id, .dbCompleted(seconds: 1))
      try fixture.write(id, .s3Completed(key: "k", etag: "e", size: 1, sha256: "s", seconds: 1))
    }
    for index in 20..<22 {
      try fixture.write(mission(index).id, .started(worker: "w0"))
      try fixture.write(mission(index).id, .failed(code: .jobFailed, cause: nil, message: "m\(index)"))
    }
    try fixture.write(mission(22).id, .started(worker: "w9"))
    try fixture.journal.setRunCounts("r", rejectedRows: 4)
    try fixture.journal.endRun("r", exitCode: 1, at: start.later(5))

    let reader = try fixture.reader()
    #expect(try reader.running().map(\.id) == [mission(22).id])
    let durations = try reader.percentiles(runID: "r")
    #expect(durations.map(\.count) == [20, 20, 20])
    #expect(durations[0].p50Seconds == 10 && durations[0].p95Seconds == 19)
    let workers = try reader.perWorker(runID: "r")
    #expect(workers.map(\.name) == ["w0", "w1", "w9"])
    #expect(
      workers[0].done == 10 && workers[0].failed == 2 && workers[0].ads == 20 && workers[0].bytes == 100)
    #expect(try reader.perProxy(runID: "r").map(\.missions) == [15])
    let failures = try reader.failures(runID: "r")
    #expect(failures.map(\.count) == [2])
    #expect(failures[0].example.errorMessage == "m20")
    #expect(try reader.bytes(runID: "r") == 200)
    let run = try #require(try reader.latestRun())
    #expect(run.exitCode == 1 && run.finishedAt == start.later(5) && run.counts.rejectedRows == 4)
    #expect(run.counts.done == 20 && run.counts.failed == 2 && run.counts.left == 1 && run.counts.ads == 40)
    #expect(try reader.run(id: "none") == nil)
    #expect(failure { _ = try reader.bytes(runID: "none") }?.exitCode == .notFound)
  }

  @Test("the views show ids, days, times and words as text")
  func views() throws {
    _ = try fixture.journal.importMissions([mission(0)], at: start)
    try fixture.run("r")
    try fixture.advance(mission(0).id, through: .scrape, run: "r")
    try fixture.write(mission(0).id, .failed(code: .destinationRefused, cause: nil, message: "m"), run: "r")
    let connection = try fixture.reader().connection
    let row = try connection.text(
      """
      SELECT concat_ws FROM (SELECT id || ' ' || date_start || ' ' || media_type || ' ' || status || ' ' || checkpoint
        || ' ' || error_code || ' ' || created_at AS concat_ws FROM mission_list)
      """)
    #expect(row == "\(mission(0).id) 2025-01-01 video FAILED DB ERROR301 \(start)")
    #expect(
      try connection.text(
        "SELECT mission_id || ' ' || event || ' ' || run_id FROM mission_events WHERE seq = 2")
        == "\(mission(0).id) QUEUED r")
  }

  @Test("a closed journal in a folder that cannot be written is read all the same")
  func readOnlyFolder() throws {
    _ = try fixture.journal.importMissions([mission(0)], at: start)
    fixture.journal.close()
    chmod(fixture.folder.path, 0o500)
    defer { chmod(fixture.folder.path, 0o700) }
    #expect(try fixture.reader().counts().pending == 1)
  }
}
