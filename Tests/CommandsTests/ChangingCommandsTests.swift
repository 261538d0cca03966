import Foundation
import Journal
import MissionCore
import Synchronization
import Testing

@testable import Commands
@testable import Runs

@Suite("Commands that change missions", .timeLimit(.minutes(5)))
struct ChangingCommandsTests {
  private func status(_ fixture: CommandFixture, _ number: Int) throws -> MissionStatus? {
    try JournalReader(path: fixture.journalPath).mission(CommandFixture.id(number))?.status
  }

  @Test("retry puts missions back by id and refuses those that are not finished or DONE")
  func retryByID() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let outcome = try fixture.run("retry 2 1 --output json")
    #expect(outcome.code == 1)
    #expect(outcome.json?["changed"] as? Int == 1)
    let refused = try #require(outcome.json?["refused"] as? [[String: String]])
    #expect(refused.map { $0["id"] } == [CommandFixture.id(1).description])
    #expect(try status(fixture, 2) == .pending)
    #expect(try status(fixture, 1) == .done)
  }

  @Test(
    "retry by choice takes what matches, by code or by a class of codes",
    arguments: [
      ("--code ERROR401", 1), ("--code ERROR4xx", 1), ("--code ERROR402", 0), ("--failed", 1),
      ("--failed --from 2025-03-03", 0), ("--from 2025-03-02 --to 2025-03-02", 1),
    ])
  func retryByChoice(choice: String, expected: Int) throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let outcome = try fixture.run("retry --output json \(choice)")
    #expect(outcome.code == 0)
    #expect(outcome.json?["changed"] as? Int == expected)
    #expect(try status(fixture, 2) == (expected == 1 ? .pending : .failed))
  }

  @Test("what was put back names the command that takes it up")
  func retryText() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let outcome = try fixture.run("retry --failed")
    #expect(
      outcome.output
        == "1 mission back to PENDING; mission-control run --config \(fixture.config) takes them up\n")
  }

  @Test("cancel ends what is not finished and refuses the rest")
  func cancel() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let outcome = try fixture.run("cancel \(CommandFixture.id(3)) 1")
    #expect(outcome.code == 1)
    #expect(outcome.output == "1 mission cancelled\n\(CommandFixture.id(1)) is DONE already\n")
    #expect(try status(fixture, 3) == .cancelled)
    #expect(try status(fixture, 4) == .running)
  }

  @Test("a choice of many missions is asked for in portions of ids")
  func filters() {
    var options = RetryOptions()
    options.codes = [.storeOther, .storeCredentials]
    options.onlyFailed = true
    let filters = RetryCommand.filters(options, ids: nil)
    #expect(filters.map(\.codes) == [[.storeOther, .storeCredentials]])
    #expect(filters.allSatisfy { $0.statuses == [.failed] })
    let ids = (0..<1200).map { MissionID(high: UInt64($0), low: 0) }
    #expect(RetryCommand.filters(RetryOptions(), ids: ids).map(\.ids.count) == [500, 500, 200])
    #expect(RetryCommand.filters(RetryOptions(), ids: []).isEmpty)
  }

  @Test("a live run is asked to make the change, and its answer is shown")
  func handedOver() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    defer { journal.close() }
    let requests = Mutex<[ControlRequest]>([])
    try ControlServer.start(journalPath: fixture.journalPath) { request in
      requests.withLock { $0.append(request) }
      var reply = ControlReply()
      reply.changed = 1
      if case .cancel(let ids) = request { reply.refused = [(ids[0], "became DONE")] }
      return reply
    }
    defer { ControlServer.stop(journalPath: fixture.journalPath) }
    let cancelled = try fixture.run("cancel \(CommandFixture.id(3)) \(CommandFixture.id(4))")
    #expect(cancelled.code == 1)
    #expect(cancelled.output == "1 mission cancelled\n\(CommandFixture.id(3)) became DONE\n")
    #expect(try fixture.run("retry --failed").code == 0)
    let asked = requests.withLock { $0 }
    #expect(
      asked == [.cancel([CommandFixture.id(3), CommandFixture.id(4)]), .retry([CommandFixture.id(2)])])
    #expect(try status(fixture, 2) == .failed, "only the run itself changes its journal")
  }

  @Test("a live run that cannot be reached changes nothing and says to try again")
  func unreachable() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    defer { journal.close() }
    let outcome = try fixture.run("cancel \(CommandFixture.id(3))")
    #expect(outcome.code == 75)
    #expect(outcome.errors.contains("the live run cannot be reached"))
    #expect(try status(fixture, 3) == .running)
  }
}
