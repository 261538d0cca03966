import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("a worker that gives every job the same id", .timeLimit(.minutes(5)))
struct NamelessJobTests {
  /// Takes four jobs at once and calls each `current`.
  private let run: SchedulerDriver

  init() {
    var sessions = SessionPolicy()
    sessions.refreshInterval = 1000
    run = SchedulerDriver(workers: [SessionState(worker: "w1", capacity: 4)], sessions: sessions) {
      $0.maxConcurrency = 100
    }
    run.send()
    run.claim((1...60).map { .numbered($0) })
    run.open()
  }

  private func result(_ sha256: String, ads: Int = 3) -> MissionEvent {
    .jobLooked(.success(.completed(ScrapedResult(adsCount: ads, size: 100, sha256: sha256))))
  }

  /// The missions whose `POST /scrape` these effects send.
  private func posts(_ effects: [String]) -> [Int] {
    effects.filter { $0.hasPrefix("POST") }.map { Int($0.split(separator: " ")[1])! }
  }

  /// The first jobs meet; what is sent when the session in which they may run has been replaced.
  private func meet() -> [Int] {
    for mission in 1...4 { run.mission(mission, .jobStarted(jobID: "current")) }
    run.mission(1, result("same"))
    run.session("w1", .ended)
    return posts(run.open())
  }

  /// The mission's job is named and looked at; what is sent next.
  private func finish(_ mission: Int, _ result: MissionEvent) -> [Int] {
    run.mission(mission, .jobStarted(jobID: "current"))
    return posts(run.mission(mission, result))
  }

  /// The starts of these missions are answered, so that no result waits for them.
  private func answer(_ missions: [Int], _ jobID: String) {
    for mission in missions { run.mission(mission, .jobStarted(jobID: jobID)) }
  }

  /// Runs missions one by one from this one on until several are sent at once; answers with those.
  private func runAlike(from first: [Int]) -> (taken: Int, sent: [Int]) {
    var sent = first
    var taken = 0
    while sent.count == 1, taken < 40 {
      sent = finish(sent[0], result("same"))
      taken += 1
    }
    return (taken, sent)
  }

  @Test("gets one job at a time when two have met, so that every result is its mission's, and it is told")
  func oneAtATime() {
    var sent = meet()
    for number in 0..<30 {
      #expect(sent.count == 1)
      sent = finish(sent[0], result("of \(number)"))
    }
    #expect(run.logs.contains("w1 gives every job the same id: it gets one job at a time"))
    #expect(run.journal.count { $0.hasSuffix("scrapeCompleted") } == 30)
  }

  @Test("gets several again once it has brought the same ads for sixteen missions")
  func alike() {
    let (taken, sent) = runAlike(from: meet())
    #expect(taken == JobNaming.resultsOfNamelessJobs && sent.count == 4)
    for mission in sent { run.mission(mission, .jobStarted(jobID: "current")) }
    for mission in sent { answer(posts(run.mission(mission, result("same"))), "current") }
    #expect(run.journal.count { $0.hasSuffix("scrapeCompleted") } == taken + 4)
  }

  @Test("an empty result is no likeness")
  func empty() {
    var sent = meet()
    for _ in 0..<30 { sent = finish(sent[0], result("same", ads: 0)) }
    #expect(sent.count == 1)
  }

  @Test(
    "one result that differs is nobody's, nor are the jobs under way, and it gets one job at a time for good")
  func differs() {
    let (taken, sent) = runAlike(from: meet())
    for mission in sent { run.mission(mission, .jobStarted(jobID: "current")) }
    run.mission(sent[0], result("other"))
    for mission in sent[1...] { run.mission(mission, result("same")) }
    #expect(run.journal.count { $0.hasSuffix("scrapeCompleted") } == taken)
    for mission in sent { #expect(run.journal.contains("\(mission) jobForgotten")) }
    run.session("w1", .ended)
    #expect(runAlike(from: posts(run.open())).taken == 40)
  }

  @Test("one that gives another id has names after all: what is under way under the old one is nobody's")
  func named() {
    let (taken, sent) = runAlike(from: meet())
    for mission in sent[1...] { run.mission(mission, .jobStarted(jobID: "current")) }
    run.mission(sent[0], .jobStarted(jobID: "job-1"))
    for mission in sent[1...] + sent[..<1] { run.mission(mission, result("same")) }
    #expect(run.journal.count { $0.hasSuffix("scrapeCompleted") } == taken + 1)
    run.session("w1", .ended)
    #expect(posts(run.open()).count == 4)
  }

  @Test("a worker that numbers anew keeps its places")
  func numbersAnew() {
    for (mission, id) in zip(1...4, ["1", "2", "1", "2"]) { run.mission(mission, .jobStarted(jobID: id)) }
    for mission in 1...2 { run.mission(mission, result("same")) }
    run.session("w1", .ended)
    #expect(posts(run.open()).count == 4)
  }
}
