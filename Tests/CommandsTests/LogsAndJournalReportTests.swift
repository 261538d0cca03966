import Foundation
import Journal
import MissionCore
import Testing

@testable import Commands

@Suite("logs, and the report of the journal", .timeLimit(.minutes(5)))
struct LogsAndJournalReportTests {
  private func fixture() throws -> CommandFixture {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    return fixture
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("the events of a run come in the order of time; of a mission only its own")
  func logs() throws {
    let fixture = try fixture()
    let all = try objects(fixture.run("logs --output json").output)
    let times = all.compactMap { $0["time"] as? String }
    #expect(times.count == all.count && times == times.sorted())
    #expect(all.allSatisfy { $0["run_id"] as? String == CommandFixture.runID })
    let failed = try #require(all.first { $0["event"] as? String == "FAILED" })
    #expect(failed["mission"] as? String == "\(CommandFixture.id(2))")
    #expect(failed["date_start"] as? String == "2025-03-02" && failed["source"] as? String == "default")
    #expect((failed["details"] as? [String: Any])?["tries"] as? Int == 3)
    let own = try objects(fixture.run("logs \(CommandFixture.id(1)) --output json").output)
    #expect(!own.isEmpty && own.allSatisfy { $0["mission"] as? String == "\(CommandFixture.id(1))" })
    let text = try fixture.run("logs").output
    #expect(text.split(separator: "\n").count == all.count)
    #expect(text.contains("FAILED            code=\"ERROR401\" tries=3\n"), "\(text)")
    #expect(try fixture.run("logs --run 20260131").output == text)
    #expect(try fixture.run("logs --run 1999").code == 66)
    #expect(try fixture.run("logs ffff").code == 66)
    #expect(try CommandFixture().run("logs").code == 66)
  }

  @Test("what the program of a failed mission wrote to its standard error stands behind the events")
  func standardError() throws {
    let fixture = try fixture()
    let folder = fixture.folder + "/state/work/\(CommandFixture.id(2))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try fixture.write("state/work/\(CommandFixture.id(2))/1.log", "first\u{1B}[31m line\nlast line\n")
    let text = try fixture.run("logs").output
    #expect(text.hasSuffix("\(CommandFixture.id(2))\n  first[31m line\n  last line\n"), "\(text)")
    let last = try #require(try objects(fixture.run("logs --output json").output).last)
    #expect(last["standard_error"] as? [String] == ["first[31m line", "last line"])
  }

  @Test("--follow of a run that nobody holds shows what there is and ends")
  func follow() throws {
    let fixture = try fixture()
    #expect(try fixture.run("logs --follow").output == fixture.run("logs").output)
  }

  @Test("the journal's report counts every mission, and offers one command that takes just those it names")
  func journal() throws {
    let fixture = try fixture()
    let text = try fixture.run("report --all").output
    #expect(text.contains("the journal  2025-03-01..2025-03-04\n"), "\(text)")
    #expect(text.contains(/missions +4\n/), "\(text)")
    #expect(text.contains("mission-control run --retry-failed --unlisted --config"), "\(text)")
    #expect(text.contains("runs 3, the 1 that failed among them"), "\(text)")
    let json = try #require(try fixture.run("report --all --output json").json)
    let counts = try #require(json["counts"] as? [String: Int])
    #expect(counts["selected"] == 4 && counts["done"] == 1 && counts["failed"] == 1 && counts["left"] == 2)
    #expect(json["run_id"] is NSNull && json["from"] as? String == "2025-03-01")
    #expect((json["missions"] as? [Any])?.count == 4)
  }

  @Test("days and sources choose, and the command carries them")
  func chosen() throws {
    let fixture = try fixture()
    let text = try fixture.run("report --from 2025-03-03 --source default").output
    #expect(
      text.contains("the journal  2025-03-03..2025-03-04 (--source default --from 2025-03-03)\n"), "\(text)")
    #expect(
      text.contains("mission-control run --unlisted --source default --from 2025-03-03 --config"), "\(text)")
    #expect(text.contains("runs the 2 that are left"))
    #expect(try fixture.run("report 20260131 --all").code == 64)
    #expect(try fixture.run("report --from 2025-03-03 --to 2025-03-01").code == 64)
    let none = try #require(try fixture.run("report --source other --output json").json)
    #expect((none["counts"] as? [String: Int])?["selected"] == 0 && none["from"] is NSNull)
  }

  @Test("the page is the journal's")
  func page() throws {
    let fixture = try fixture()
    let path = fixture.folder + "/all.html"
    #expect(try fixture.run("report --all --html \(path)").code == 0)
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page.contains("<title>Mission Control · the journal</title>"))
    #expect(page.contains("2025-03-01 – 2025-03-04"))
    #expect(!page.contains("class=\"pill"), "it has no exit code")
    #expect(
      page.contains("<span class=\"word\">--retry-failed</span> <span class=\"word\">--unlisted</span>"))
  }
}
