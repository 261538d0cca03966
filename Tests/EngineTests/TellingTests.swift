import MissionCore
import Ports
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("What is said of missions to programs", .timeLimit(.minutes(5)))
struct TellingTests {
  private func driver(tellsRoutine: Bool) -> SchedulerDriver {
    SchedulerDriver(
      sources: [
        .workers([SessionState(worker: "w1", capacity: 1)], proxies: ["p1"], policy: .throughProxies)
      ],
      tellsRoutine: tellsRoutine)
  }

  private func run(_ run: SchedulerDriver) {
    run.send()
    run.claim(1)
    run.open()
    run.now += .seconds(3)
    run.run(1, .failed(message: "no"))
    run.session("w1", .ended)
    run.open()
    run.now += .seconds(4)
    run.run(1, .done)
    run.mission(1, .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false)))
    run.upload(1)
  }

  @Test(
    "begin, retry and end of a mission carry event, mission, source, day, attempt, code, worker, proxy and seconds"
  )
  func whole() {
    let run = driver(tellsRoutine: true)
    self.run(run)
    #expect(
      run.told.map { $0.event } == [
        .mission(.started), .mission(.retryQueued), .mission(.started), .mission(.completed),
      ])
    #expect(run.told.map(\.isRoutine) == [true, false, true, true])
    #expect(run.told.map(\.attempt) == [1, 1, 2, 2])
    let retry = run.told[1]
    #expect(retry.code == .jobFailed && retry.worker == "w1" && retry.proxy == "p1")
    #expect(retry.mission == .numbered(1) && retry.source == "default")
    #expect(retry.dateStart == CalendarDay(daysSinceEpoch: 20_001))
    #expect(run.told[0].seconds == 0)
    #expect((run.told.last?.seconds ?? 0) >= 7)
  }

  @Test("what happens to every mission is not told where nobody wants it")
  func quiet() {
    let run = driver(tellsRoutine: false)
    self.run(run)
    #expect(run.told.map { $0.event } == [.mission(.retryQueued)])
  }
}
