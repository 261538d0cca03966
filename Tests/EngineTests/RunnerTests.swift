import MissionCore
import Synchronization
import Testing
import Threads

@testable import Engine
@testable import WorkerSource

/// Answers every effect at once, as a world without faults, and counts what it was asked.
private final class PerfectWorld: EffectHandler {
  let mailbox: Queue<SchedulerEvent>
  private var queue: [MissionRecord]
  private(set) var count: [String: Int] = [:]

  init(_ mailbox: Queue<SchedulerEvent>, _ missions: Int) {
    self.mailbox = mailbox
    queue = (1...missions).map { .numbered($0) }
  }

  func perform(_ effect: Effect) {
    count[effect.words.map { String($0.prefix { $0 != " " }) } ?? "other", default: 0] += 1
    switch effect {
    case .journal(_, let tickets):
      mailbox.push(.journaled(tickets))
    case .claim(let names, let limit):
      mailbox.push(.claimed(names, Array(queue.prefix(limit)), isLast: queue.count <= limit))
      queue = Array(queue.dropFirst(limit))
    case .prepare(let ticket, let request):
      let answer: SessionAnswer
      switch request as? SessionRequest {
      case .open: answer = .opened(sessionID: "s")
      case .look: answer = .looked(.success(.ready))
      default: answer = .ended
      }
      mailbox.push(.lane(ticket, .answered(answer)))
    case .start(let ticket, _, _):
      mailbox.push(.mission(ticket, .jobStarted(jobID: "j-\(count["POST"] ?? 0)")))
    case .look(let ticket, _, _, _): mailbox.push(.mission(ticket, .jobLooked(.success(.done))))
    case .load(let load):
      let rows = LoadedRows(rows: 1, repeatedIDs: 0, wasLoadedBefore: false)
      mailbox.push(.mission(load.ticket, .loaded(rows)))
    case .verifyLedger(let ticket): mailbox.push(.mission(ticket, .ledgerRead(.success("aa"))))
    case .upload(let ticket, _, _, _):
      mailbox.push(.mission(ticket, .uploaded(UploadedObject(key: "k", etag: "e", size: 1, sha256: "s"))))
    default: break
    }
  }
}

@Suite("the loop that carries effects out", .timeLimit(.minutes(5)))
struct RunnerTests {
  /// A clock that a look moves on by `step`, so that waits of minutes pass at once.
  private func clock(
    step: Duration, wall: @escaping @Sendable () -> Timestamp = { Timestamp(milliseconds: 0) }
  ) -> RunClock {
    let looks = Mutex<Int64>(0)
    return RunClock(
      monotonic: {
        looks.withLock { looks in
          looks += 1
          return Moment(nanoseconds: 0) + step * Int(looks)
        }
      }, wall: wall)
  }

  @Test("runs every mission to its end and hands back the outcome")
  func wholeRun() {
    let mailbox = Queue<SchedulerEvent>()
    var policy = RunPolicy()
    policy.maxConcurrency = 3
    let workers = (1...2).map { SessionState(worker: "w\($0)", capacity: 2) }
    let scheduler = Scheduler(
      policy: policy, sources: [.workers(workers)], adoptable: [], seed: 1)
    let world = PerfectWorld(mailbox, 200)
    let runner = Runner(
      scheduler: scheduler, mailbox: mailbox, handler: world, clock: clock(step: .milliseconds(50)))
    var ticks = 0
    let outcome = runner.run(every: .seconds(1)) { scheduler in
      ticks += 1
      #expect(scheduler.activeMissions.count <= 3)
    }
    #expect(outcome == RunOutcome())
    #expect(scheduler.progress == RunProgress(done: 200, failed: 0, cancelled: 0, parked: 0))
    #expect(world.count["POST"] == 200 && world.count["load"] == 200 && world.count["upload"] == 200)
    #expect(world.count["open"]! >= 40, "a new session after every fifth mission")
    #expect(world.count["open"] == world.count["end"])
    #expect(ticks > 1)
  }

  @Test("a wall clock that is set back and forward by days ends no session and no job as too late")
  func clockIsSet() {
    let mailbox = Queue<SchedulerEvent>()
    var policy = RunPolicy()
    policy.maxConcurrency = 2
    let scheduler = Scheduler(
      policy: policy, sources: [.workers([SessionState(worker: "w1", capacity: 2)])], adoptable: [], seed: 1)
    let world = PerfectWorld(mailbox, 40)
    let looks = Mutex<Int64>(0)
    let wall: @Sendable () -> Timestamp = {
      looks.withLock { looks in
        looks += 1
        return Timestamp(milliseconds: 1_750_000_000_000 + (looks % 3 - 1) * 2 * 86_400_000)
      }
    }
    let runner = Runner(
      scheduler: scheduler, mailbox: mailbox, handler: world,
      clock: clock(step: .milliseconds(50), wall: wall))
    let outcome = runner.run(every: .seconds(1)) { _ in }
    #expect(outcome == RunOutcome())
    #expect(scheduler.progress == RunProgress(done: 40, failed: 0, cancelled: 0, parked: 0))
    #expect(world.count["POST"] == 40, "nothing was asked for twice")
  }

  @Test("timers fire though nothing else happens, and a stop that is posted from a tick is heard")
  func stop() {
    let mailbox = Queue<SchedulerEvent>()
    final class Mute: EffectHandler {
      let mailbox: Queue<SchedulerEvent>
      init(_ mailbox: Queue<SchedulerEvent>) { self.mailbox = mailbox }
      func perform(_ effect: Effect) {
        if case .claim = effect { mailbox.push(.claimed(.every, [.numbered(1, at: .db)], isLast: true)) }
        if case .journal(_, let tickets) = effect { mailbox.push(.journaled(tickets)) }
      }
    }
    let scheduler = Scheduler(
      policy: RunPolicy(), sources: [.workers([])], adoptable: [], seed: 1)
    let runner = Runner(
      scheduler: scheduler, mailbox: mailbox, handler: Mute(mailbox), clock: clock(step: .milliseconds(100)))
    var ticks = 0
    let outcome = runner.run(every: .milliseconds(500)) { _ in
      ticks += 1
      if ticks == 5 { mailbox.push(.stopRequested(.maxDuration)) }
    }
    #expect(outcome.stop == .maxDuration)
    #expect(ticks >= 8, "the grace of 4 s went by")
  }
}
