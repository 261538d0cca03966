import Foundation
import Journal
import MissionCore
import Testing

@testable import Report
@testable import ReportPage

@Suite("The report as a page", .timeLimit(.minutes(5)))
struct HTMLReportTests {
  private func page(
    _ fixture: JournalFixture, _ change: (inout ReportCircumstances) -> Void = { _ in }
  ) throws -> String {
    var circumstances = ReportCircumstances(now: JournalFixture.time(10))
    change(&circumstances)
    let path = fixture.folder + "/report.html"
    let size = try HTMLReport(circumstances, phrases: .english).write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path))
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(data.count == size)
    return String(decoding: data, as: UTF8.self)
  }

  /// The script's data.
  private func data(_ page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: #"<script type="application/json" id="data">"#))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let json = Data(page[start.upperBound..<end.lowerBound].utf8)
    return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
  }

  @Test("it tells totals, failures and what to type without a script")
  func content() throws {
    let page = try page(JournalFixture()) {
      $0.exitCode = 1
      $0.commandSuffix = " --config 'a b.yaml'"
    }
    #expect(page.contains("<dt>selected</dt><dd>3</dd>"))
    #expect(page.contains("ERROR203"))
    #expect(page.contains("no &quot;luck&quot;"))
    #expect(page.contains(#"<span class="word">&#39;a</span> <span class="word">b.yaml&#39;</span>"#))
    #expect(page.contains(">2025-03-03</th>"))
    #expect(!page.contains("http-equiv=\"refresh\""))
  }

  @Test("its data has a row for each mission, times counted from the run's start")
  func rows() throws {
    let data = try data(page(JournalFixture()))
    let missions = try #require(data["missions"] as? [[Any]])
    #expect(missions.count == 3)
    try #require(missions[0].count == 24)
    #expect(missions[0][0] as? String == "AAAAAQAAgACAAAAAAAAAAA")
    #expect(missions[0][7] as? Int == 20)
    #expect(missions[0][16] as? Int == 6000)
    #expect(missions[0][18] as? Int == 1500)
    #expect(missions[2][7] is NSNull)
    let run = try #require(data["run"] as? [String: Any])
    #expect(run["live"] as? Bool == false)
    // It is not live and has no end: it was killed.
    #expect(run["finished"] as? Int64 == JournalFixture.time(7).milliseconds)
  }

  @Test("a live page reads itself again, by its script or without one")
  func live() throws {
    let page = try page(JournalFixture()) { $0.isLive = true }
    #expect(page.contains(#"<noscript><meta http-equiv="refresh" content="5"></noscript>"#))
    #expect((try data(page)["run"] as? [String: Any])?["live"] as? Bool == true)
    #expect(page.contains(#"<span class="word">status</span>"#))
  }

  @Test("its policy names its own scripts and style by their digests and allows nothing else")
  func policy() throws {
    let page = try page(JournalFixture())
    let line = try #require(page.split(separator: "\n").first { $0.contains("Content-Security-Policy") })
    #expect(line.contains("default-src &#39;none&#39;"))
    #expect(!line.contains("unsafe"))
    #expect(line.components(separatedBy: "sha256-").count == 4)
    // No attribute may hold a style or a script: the policy would refuse them, and the page would look broken.
    #expect(!page.contains(" style="))
    #expect(!page.contains(" onclick="))
  }

  @Test("a page that is wanted no more is given up and replaces nothing")
  func givenUp() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/x.html"
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    let size = try HTMLReport(.init(now: JournalFixture.time(10)), phrases: .english).write(
      to: path, runID: JournalFixture.runID, from: JournalReader(path: fixture.path), while: { false })
    #expect(size == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder).filter { $0.hasSuffix(".tmp") }
        == [])
  }

  @Test("an unknown run leaves no file")
  func unknown() throws {
    let fixture = try JournalFixture()
    #expect(throws: ResultsFailure.self) {
      try HTMLReport(.init(now: JournalFixture.time(10)), phrases: .english).write(
        to: fixture.folder + "/x.html", runID: "run-x", from: JournalReader(path: fixture.path))
    }
    #expect(!FileManager.default.fileExists(atPath: fixture.folder + "/x.html"))
  }

  @Test("of too many missions only those that failed or look wrong are listed")
  func tooMany() throws {
    let fixture = try JournalFixture()
    let run = try JournalRun(runID: JournalFixture.runID, JournalReader(path: fixture.path))
    func listed(all: Int, most: Int) throws -> [MissionStatus] {
      var listed: [MissionStatus] = []
      try ListedMissions(run, all: all, most: most).eachMission { mission in
        listed.append(mission.status)
        return true
      }
      return listed
    }
    let all = try listed(all: 4, most: 4)
    #expect(all.contains(.done) && all.contains(.failed))
    #expect(try listed(all: 5, most: 4) == all.filter { $0 == .failed })
  }

  @Test("failures of a code are counted by proxy and worker, with different messages and days")
  func failures() throws {
    let fixture = try JournalFixture()
    var failures = FailureGroups()
    try JournalRun(runID: JournalFixture.runID, JournalReader(path: fixture.path)).eachMission { mission in
      if mission.status == .failed { failures.add(mission) }
      return true
    }
    let groups = failures.sorted
    try #require(groups.count == 1)
    #expect(groups[0].code == .jobRetriesUsedUp)
    #expect(groups[0].cause == .jobFailed)
    #expect(groups[0].workers == ["worker-2": 1])
    #expect(groups[0].proxies.isEmpty)
    #expect(groups[0].days.map(\.description) == ["2025-03-03"])
    #expect(groups[0].messages.map(\.text) == ["no \"luck\""])
  }
}
