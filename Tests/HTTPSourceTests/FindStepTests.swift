import MissionCore
import Testing

@testable import HTTPSource

@Suite("what follows from an answer to find", .timeLimit(.minutes(1)))
struct FindStepTests {
  private let one = AnsweredJob(id: "a", kept: [:])
  private let other = AnsweredJob(id: "b", kept: [:])

  private func after(_ found: Result<[AnsweredJob], SourceFailure>, _ asked: Int) -> FindStep {
    FindStep.after(found, asked: asked, of: 3)
  }

  @Test("the first job is taken as soon as there is one, and the others are too many", arguments: [1, 2, 3])
  func adopts(asked: Int) {
    #expect(after(.success([one]), asked) == .adopt(one, others: []))
    #expect(after(.success([one, other]), asked) == .adopt(one, others: [other]))
  }

  @Test("only the last answer without any says that none was started")
  func none() {
    #expect(after(.success([]), 1) == .askAgain)
    #expect(after(.success([]), 2) == .askAgain)
    #expect(after(.success([]), 3) == .repeatStart)
  }

  @Test(
    "a failure is asked about again, and is never taken for no job",
    arguments: [SourceFailure.Kind.again, .busy, .unusable, .unreachable, .notFound, .tooLarge, .mismatch])
  func failures(kind: SourceFailure.Kind) {
    let failure = SourceFailure(kind, "why")
    #expect(after(.failure(failure), 1) == .askAgain)
    #expect(after(.failure(failure), 2) == .askAgain)
    #expect(after(.failure(failure), 3) == .giveUp(failure))
  }

  @Test("an API that does not take us is not asked again", arguments: [1, 2, 3])
  func unavailable(asked: Int) {
    let failure = SourceFailure(.unavailable, "why")
    #expect(after(.failure(failure), asked) == .setAside(failure))
  }
}
