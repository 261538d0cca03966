import MissionCore
import Testing

@testable import Terminal

@Suite("Errors that come again and again", .timeLimit(.minutes(5)))
struct RepeatedErrorsTests {
  private func facts(_ code: ErrorCode?, _ kind: EventKind = .failed) -> LogFacts {
    var facts = LogFacts(.mission(kind))
    facts.mission = MissionID(high: 1, low: 2)
    facts.code = code
    return facts
  }

  @Test(
    "an error is told five times, the last with a word on those that follow; others are told all the same")
  func folded() {
    var errors = RepeatedErrors()
    let verdicts = (0..<8).map { _ in errors.take(.error, facts(.storeOther)) }
    #expect(verdicts == [.told, .told, .told, .told, .last, .counted, .counted, .counted])
    #expect(errors.take(.error, facts(.jobFailed)) == .told)
    #expect(errors.take(.warning, facts(.storeOther, .retryQueued)) == .told)
    #expect(errors.take(.info, facts(.storeOther)) == .told)
    #expect(errors.take(.error, facts(nil)) == .told)
    #expect(errors.take(.error, LogFacts()) == .told)
  }
}
