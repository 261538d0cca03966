import MissionCore
import Testing
import Threads

@testable import Simulator

@Suite("Phases of sessions and jobs", .timeLimit(.minutes(5)))
struct PhaseTests {
  private let day = CalendarDay("2025-01-01")!

  private func at(_ nanoseconds: Int64) -> Moment { Moment(nanoseconds: nanoseconds) }

  private func session(_ fate: SessionFate) -> [String] {
    let session = Session(id: "s", fate: fate, openedAt: at(1000), timeToReady: .nanoseconds(800), proxy: nil)
    return stride(from: 1000, through: 2000, by: 200).map { session.status(at: at($0)) }
  }

  private func job(_ fate: JobFate, ads: Int = 3) -> Job {
    let parameters = MissionParameters(dateStart: day, dateEnd: day, mediaType: .all, languages: ["pt"])
    return Job(
      id: "j", parameters: parameters, attempt: 1, fate: fate, startedAt: at(0), takes: .nanoseconds(100),
      result: JobResult(parameters: parameters, settings: AdsSettings(), forcedCount: ads))
  }

  private func statuses(_ job: Job) -> [String] { [0, 10, 50, 70, 100].map { job.status(at: at($0)) } }

  @Test("a session goes through its phases, or ends half-way")
  func sessions() {
    #expect(
      session(.ready) == ["initializing", "connecting", "authenticating", "warming_up", "ready", "ready"])
    #expect(session(.neverReady).suffix(2) == ["warming_up", "warming_up"])
    #expect(session(.ends("stuck")) == ["initializing", "connecting", "stuck", "stuck", "stuck", "stuck"])
  }

  @Test("a job goes through its phases to what becomes of it")
  func jobs() {
    #expect(statuses(job(.completes)) == ["pending", "queued", "running", "running", "completed"])
    #expect(statuses(job(.completes, ads: 0)).last == "empty")
    #expect(statuses(job(.ends("failed"))) == ["pending", "queued", "running", "failed", "failed"])
    #expect(statuses(job(.neverEnds)).last == "running")
  }

  @Test("a paused job keeps its place until it is cancelled; an ended one cannot be")
  func ends() {
    let paused = job(.ends("paused"))
    #expect(paused.isLive(at: at(100)))
    paused.end(as: "cancelled", at: at(100))
    #expect(!paused.isLive(at: at(100)))
    let done = job(.completes)
    done.end(as: "cancelled", at: at(100))
    #expect(done.status(at: at(100)) == "completed")
  }
}
