import MissionCore
import Report
import Testing

@testable import Commands
@testable import Engine

@Suite("What a run shows while it works", .timeLimit(.minutes(5)))
struct LiveProgressTests {
  private func mission(_ number: Int, _ stage: MissionStage, attempt: Int = 1) -> ActiveMission {
    let day = CalendarDay("2025-03-01")!.adding(days: number)
    return ActiveMission(
      id: CommandFixture.id(number),
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
      lane: "w", stage: stage, attempt: attempt, mostAttempts: 3)
  }

  private func texts(
    _ progress: inout LiveProgress, _ missions: [ActiveMission], _ seconds: Double
  ) -> [String] {
    progress.activities(missions, .seconds(seconds)).flatMap(\.texts)
  }

  @Test("each mission shows how long it takes and which attempt it is; one that comes back begins anew")
  func times() {
    var progress = LiveProgress(total: 2, numbers: Humanized(.english), answers: .english)
    _ = texts(&progress, [mission(1, .awaitingLook)], 10)
    let both = texts(&progress, [mission(1, .awaitingLook), mission(2, .loading, attempt: 2)], 52.7)
    #expect(
      both == [
        "2025-03-02 video pt, scraping 42 s", "2025-03-03 video pt, loading 0 s, attempt 2 of 3",
      ])
    let later = texts(&progress, [mission(2, .uploading, attempt: 2)], 130)
    #expect(later == ["2025-03-03 video pt, uploading 1m 17s, attempt 2 of 3"])
    let back = texts(&progress, [mission(1, .awaitingLook)], 140)
    #expect(back == ["2025-03-02 video pt, scraping 0 s"])
  }
}
