import MissionCore
import SQLite
import Synchronization
import Testing

@testable import Journal

@Suite("Steps of missions", .timeLimit(.minutes(5)))
struct TransitionTests {
  private let fixture: Fixture
  private let id = mission(0).id

  init() throws {
    fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(0), mission(1)], at: start, runID: nil)
    try fixture.run("run-1")
  }

  private func record() throws -> MissionRecord { try #require(try fixture.reader().mission(id)) }

  @Test("a mission on its way to DONE keeps every field")
  func wholeWay() throws {
    try fixture.write(
      id, .started(worker: "worker-1"), [JournalEvent(.started)], run: "run-1", at: start.later(1))
    try fixture.write(id, .scrapeStarting(worker: "worker-2", proxy: "p:1"), run: "run-1")
    #expect(try record().hasUnansweredStart)
    try fixture.write(id, .scrapeStarted(jobID: "job-7"), run: "run-1")
    #expect(try !record().hasUnansweredStart)
    try fixture.write(
      id, .scrapeCompleted(adsCount: 5, size: 99, sha256: "abc", seconds: 1.25),
      [JournalEvent(.scrapeCompleted, [("ads_count", .integer(5)), ("note", .text("a \"b\""))])], run: "run-1"
    )
    #expect(try record().checkpoint == .db)
    try fixture.write(id, .dbCompleted(seconds: 0.5), run: "run-1")
    try fixture.write(
      id, .s3Completed(key: "k", etag: "\"e\"", size: 120, sha256: "def", seconds: 0.125),
      [JournalEvent(.s3Completed), JournalEvent(.completed)], run: "run-1", at: start.later(9))

    let done = try record()
    #expect(done.status == .done && done.checkpoint == .s3)
    #expect(done.parameters == mission(0).parameters)
    #expect(done.worker == "worker-2" && done.proxy == "p:1" && done.jobID == "job-7")
    #expect(done.adsCount == 5 && done.size == 99 && done.sha256 == "abc")
    #expect(done.s3Key == "k" && done.s3ETag == "\"e\"" && done.s3Size == 120 && done.s3SHA256 == "def")
    #expect(done.scrapeSeconds == 1.25 && done.dbSeconds == 0.5 && done.s3Seconds == 0.125)
    #expect(done.createdAt == start && done.queuedAt == start)
    #expect(done.startedAt == start.later(1) && done.finishedAt == start.later(9))
    #expect(done.runID == "run-1")

    let events = try fixture.reader().events(of: id)
    #expect(events.map(\.kind) == [.imported, .queued, .started, .scrapeCompleted, .s3Completed, .completed])
    #expect(events[3].detailsJSON == #"{"ads_count":5,"note":"a \"b\""}"#)
    #expect(events[0].runID == nil && events[1].runID == "run-1")
    #expect(events[0].detailsJSON == nil && events.last?.at == start.later(9))
  }

  @Test("the proxy is that of the latest attempt, also when its session was never ready")
  func proxies() throws {
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .sessionAwaited(proxy: "p:1"), [JournalEvent(.sessionCreating)])
    #expect(try record().proxy == "p:1")
    try fixture.write(id, .sessionAwaited(proxy: nil))
    #expect(try record().proxy == nil)
    try fixture.write(id, .sessionAwaited(proxy: "p:2"))
    try fixture.write(id, .retryQueued(code: .sessionStuck, message: "no"))
    #expect(try record().proxy == "p:2")
    #expect(failure { try fixture.write(id, .sessionAwaited(proxy: "p:3")) } != nil, "it does not run")
  }

  @Test("a retry counts, keeps the failure, and forgets the job at SCRAPE only")
  func retries() throws {
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil))
    try fixture.write(id, .scrapeStarted(jobID: "job-1"))
    try fixture.write(
      id, .retryQueued(code: .jobFailed, message: "m"), [JournalEvent(.retryQueued)], run: "run-1")
    var now = try record()
    #expect(now.status == .queued && now.retryCount == 1 && now.attempts == 2 && now.jobID == nil)
    #expect(now.errorCode == .jobFailed && now.errorMessage == "m")
    #expect(try fixture.reader().events(of: id).last?.attempt == 1)

    try fixture.advance(id, through: .scrape)
    #expect(try record().errorCode == nil)
    try fixture.write(id, .retryQueued(code: .destinationOther, message: "db"), run: "run-1")
    now = try record()
    #expect(now.checkpoint == .db && now.jobID == "job-1" && now.retryCount == 2)
    try fixture.write(id, .started(worker: nil), [JournalEvent(.started)], run: "run-1")
    #expect(try record().worker == "worker-1")
    #expect(try fixture.reader().events(of: id).last?.attempt == 3)
    try fixture.write(id, .failed(code: .destinationRetriesUsedUp, cause: .destinationOther, message: "gone"))
    now = try record()
    #expect(now.status == .failed && now.errorCode == .destinationRetriesUsedUp)
    #expect(now.errorCause == .destinationOther && now.finishedAt == start)
  }

  @Test("crashes and deferral are kept until a local step succeeds")
  func crashes() throws {
    try fixture.advance(id, through: .scrape)
    try fixture.write(id, .requeued(crashes: 2, deferred: true), [JournalEvent(.resumed)])
    #expect(try record().crashes == 2)
    try fixture.write(id, .started(worker: nil))
    try fixture.write(id, .dbCompleted(seconds: 1))
    #expect(try record().crashes == 0)
  }

  @Test("a lost spool sends the mission back to SCRAPE without its fields")
  func discarded() throws {
    try fixture.advance(id, through: .db)
    try fixture.write(id, .scrapeDiscarded)
    let now = try record()
    #expect(now.checkpoint == .scrape && now.jobID == nil && now.sha256 == nil && now.adsCount == nil)
  }

  @Test("a mission whose rows are gone goes back to DB and keeps its scrape")
  func notLoaded() throws {
    try fixture.advance(id, through: .db)
    try fixture.write(id, .loadDiscarded)
    let now = try record()
    #expect(now.checkpoint == .db && now.dbSeconds == nil)
    #expect(now.sha256 != nil && now.scrapeSeconds != nil && now.jobID != nil)
    try expectRefused(.loadDiscarded)
    try fixture.write(id, .dbCompleted(seconds: 1))
    #expect(try record().checkpoint == .s3)
  }

  @Test("whose rows a load replaces is known until the mission is done, also through a failure")
  func rowsReplaced() throws {
    let replaced = MissionChange.rowsReplaced(sha256: "theirs")
    try fixture.write(id, replaced)
    #expect(try record().replacedRows == "theirs" && record().status == .queued)
    try fixture.advance(id, through: .scrape)
    try fixture.write(id, replaced)
    #expect(try record().replacedRows == "theirs" && record().checkpoint == .db)
    try fixture.write(id, .dbCompleted(seconds: 1))
    try expectRefused(replaced)
    try fixture.write(id, .failed(code: .objectDiffers, cause: nil, message: "m"))
    #expect(try record().replacedRows == "theirs")
    _ = try fixture.journal.importMissions([mission(0)], at: start, runID: nil)
    #expect(try record().replacedRows == "theirs")
    let other = mission(1).id
    try fixture.advance(other, through: .scrape)
    try fixture.write(other, replaced)
    try fixture.write(other, .dbCompleted(seconds: 1))
    try fixture.write(other, .s3Completed(key: "k", etag: "e", size: 1, sha256: "s", seconds: 1))
    #expect(try fixture.reader().mission(other)?.replacedRows == nil)
  }

  @Test("a job id that another mission has too is taken from a mission that no run has chosen")
  func notChosen() throws {
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil))
    try fixture.write(id, .scrapeStarted(jobID: "job-1"))
    try fixture.write(id, .jobForgotten)
    #expect(try record().jobID == nil)
  }

  @Test("a step that the state does not allow is refused with 70 and changes nothing")
  func illegal() throws {
    let finish = MissionChange.s3Completed(key: "k", etag: "e", size: 1, sha256: "s", seconds: 1)
    let scraped = MissionChange.scrapeCompleted(adsCount: 1, size: 1, sha256: "s", seconds: 1)
    let fail = MissionChange.failed(code: .internalError, cause: nil, message: "m")
    let queued: [MissionChange] = [
      .scrapeStarting(worker: "w", proxy: nil), .scrapeStarted(jobID: "j"), scraped, .dbCompleted(seconds: 1),
      finish,
      .scrapeDiscarded, .loadDiscarded, .retryQueued(code: .jobFailed, message: "m"),
    ]
    for change in queued { try expectRefused(change) }
    try fixture.write(id, .started(worker: "w"))
    // Without an announced start there is no answer to it.
    for change in [.started(worker: "w"), .scrapeStarted(jobID: "j"), .dbCompleted(seconds: 1), finish] {
      try expectRefused(change)
    }
    try fixture.write(id, scraped)
    for change in [scraped, finish, .jobForgotten] { try expectRefused(change) }
    try fixture.write(id, .dbCompleted(seconds: 1))
    try fixture.write(id, finish)
    for change in [finish, fail, .cancelled, .requeued(crashes: 0, deferred: false), .started(worker: nil)] {
      try expectRefused(change)
    }
    #expect(failure { try fixture.write(mission(77).id, .started(worker: "w")) }?.exitCode == .internalError)
  }

  private func expectRefused(_ change: MissionChange) throws {
    let before = try record()
    let events = try fixture.reader().events(of: id).count
    let refused = failure { try fixture.write(id, change, [JournalEvent(.started)]) }
    #expect(refused?.exitCode == .internalError, "\(change)")
    #expect(try record() == before)
    #expect(try fixture.reader().events(of: id).count == events)
  }

  @Test("writes of one submission are committed all or not at all, and do not harm their neighbours")
  func groups() throws {
    let other = mission(1).id
    let answers = Mutex<[Int: JournalError?]>([:])
    func submit(_ index: Int, _ writes: [JournalWrite]) {
      fixture.journal.submit(writes, runID: "run-1") { error in answers.withLock { $0[index] = .some(error) }
      }
    }
    func step(_ id: MissionID, _ change: MissionChange) -> JournalWrite {
      .mission(MissionTransition(mission: id, change: change, events: [JournalEvent(.started)], at: start))
    }
    submit(0, [step(id, .started(worker: "w"))])
    submit(1, [step(other, .started(worker: "w")), step(other, .dbCompleted(seconds: 1))])
    submit(2, [.sessionOpened(worker: "w", sessionID: "s", proxy: nil, at: start)])
    submit(3, [step(id, .failed(code: .internalError, cause: nil, message: "m"))])
    // A call waits behind all of them.
    #expect(try fixture.journal.workerSessions().map(\.sessionID) == ["s"])
    let given = answers.withLock { $0 }
    #expect(given[0] == .some(nil) && given[2] == .some(nil) && given[3] == .some(nil))
    #expect(given[1]??.exitCode == .internalError)
    #expect(try record().status == .failed)
    #expect(try fixture.reader().mission(other)?.status == .queued)
  }

  @Test("an unknown run is refused, and a closed journal answers")
  func unknownRun() throws {
    #expect(failure { try fixture.write(id, .started(worker: "w"), run: "nope") }?.exitCode == .notFound)
    fixture.journal.close()
    #expect(failure { try fixture.write(id, .started(worker: "w")) }?.exitCode == .internalError)
  }

  @Test("sessions and proxies are kept as they were last told")
  func sessions() throws {
    let writes: [JournalWrite] = [
      .sessionOpened(worker: "w", sessionID: "s1", proxy: "p:1", at: start),
      .sessionServed(worker: "w", served: 3),
      .sessionTainted(worker: "w"), .proxyUsed(server: "p:1", at: start),
      .proxyFailed(server: "p:1", failures: ProxyFailures(count: 1, lastAt: start)),
      .proxyFailed(server: "p:2", failures: ProxyFailures(count: 1, lastAt: start)),
      .proxyFailed(server: "p:2", failures: ProxyFailures(count: 1.25, lastAt: start.later(9))),
      .sessionOpened(worker: "v", sessionID: "s2", proxy: nil, at: start), .sessionEnded(worker: "v"),
    ]
    try fixture.journal.write(writes, runID: nil)
    let session = try #require(try fixture.journal.workerSessions().first)
    #expect(session.served == 3 && session.isTainted && session.proxy == "p:1")
    #expect(try fixture.reader().workerSessions() == [session])
    #expect(try fixture.journal.proxies().map(\.failures) == [1, 2])
    #expect(
      try fixture.reader().proxies().map(\.recentFailures) == [
        ProxyFailures(count: 1, lastAt: start), ProxyFailures(count: 1.25, lastAt: start.later(9)),
      ])
    try fixture.journal.write(
      [.sessionOpened(worker: "w", sessionID: "s3", proxy: nil, at: start)], runID: nil)
    let next = try #require(try fixture.reader().workerSessions().first)
    #expect(next.served == 0 && !next.isTainted && next.proxy == nil)
  }

  @Test("an error is kept as it reads, and beside it which words of it are those of others")
  func foreignWords() throws {
    let message: Message = "worker-1 answered 500: \(ForeignWords.marked("wrong usage: ação")) in all"
    let plain = "worker-1 answered 500: wrong usage: ação in all"
    try fixture.write(id, .started(worker: "worker-1"), run: "run-1")
    try fixture.write(
      id, .retryQueued(code: .scrapeOther, message: message),
      [JournalEvent(.scrapeError, [("message", .said(message))])], run: "run-1")
    #expect(try record().errorMessage == message)
    try fixture.write(id, .started(worker: "worker-1"), run: "run-1")
    #expect(try record().errorMessage == nil)
    try fixture.write(id, .failed(code: .scrapeOther, cause: nil, message: message), run: "run-1")
    #expect(try record().errorMessage == message)
    let events = try fixture.reader().events(of: id)
    let event = try #require(events.first { $0.detailsJSON == #"{"message":"\#(plain)"}"# })
    #expect(event.message("message", saying: plain)?.stored == message.stored)
    #expect(event.message("message", saying: "x") == nil && event.message("reason", saying: plain) == nil)
    let file = try SQLiteConnection(path: fixture.path, mode: .readOnly)
    let row = try file.prepare("SELECT error_message FROM missions WHERE error_message IS NOT NULL")
    #expect(try row.step() && row.text(0) == plain)
    #expect(try record().errorMessage?.stored == message.stored)
    row.reset()
    // Somebody else wrote the one and not the other: the text counts.
    try SQLiteConnection(path: fixture.path, mode: .readWrite).execute(
      "UPDATE missions SET error_message = 'worker-2 answered 1'")
    #expect(try record().errorMessage?.plain == "worker-2 answered 1")
    #expect(try record().errorMessage?.stored == nil)
  }
}
