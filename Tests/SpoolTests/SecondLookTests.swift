import MissionCore
import Ports
import Spool
import TestSupport
import Testing
import WorkerSource

/// A second look's bytes lie beside the first's until one of them was taken.
@Suite(.timeLimit(.minutes(5)))
struct SecondLookTests {
  private let mission = SpoolFixture.mission(1)

  private func answer(_ text: String) -> ReceivedAnswer {
    .memory(Array(#"{"status":"completed","data":[{"":"\#(text)"}]}"#.utf8))
  }

  private func ingest(_ fixture: SpoolFixture, _ text: String, isSecondLook: Bool) throws -> SpooledResult {
    let held = Reply<SpooledResult>()
    let done = Reply<Result<JobLook, SourceFailure>>()
    SpoolIntake(fixture.store, isSecondLook: isSecondLook) { held.give($0) }.ingest(
      answer(text), of: mission, as: fixture.reader
    ) { done.give($0) }
    _ = try done.wait().get()
    return held.wait()
  }

  @Test(
    "each is found by its digest, both survive a restart, and both go with the mission",
    arguments: [5, 3 << 20])
  func both(size: Int) throws {
    let fixture = try SpoolFixture()
    let texts = ["a", "b"].map { String(repeating: $0, count: size) }
    let looks = [
      try ingest(fixture, texts[0], isSecondLook: false), try ingest(fixture, texts[1], isSecondLook: true),
    ]
    for look in looks {
      #expect(look.mission == mission, "the destination knows one mission")
      #expect(fixture.store.claimed(look).result?.sha256 == look.sha256)
    }
    fixture.store.close()
    #expect(fixture.files.sorted() == [mission, mission.otherLook].map { "\($0).json" }.sorted())
    let next = try SpoolStore(directory: fixture.folder.path + "/spool")
    #expect(try next.sweep { $0 == mission || $0 == mission.otherLook ? .result : .nothing } == 0)
    for look in looks {
      let found = next.claimed(look)
      #expect(found.result?.mission == mission)
      #expect(found.result?.sha256 == look.sha256)
    }
    next.remove(mission)
    next.settle([mission])
    next.close()
    #expect(fixture.files == [])
  }

  @Test("what neither of them has is lost, and an answer under way is seen under either name")
  func lost() throws {
    let fixture = try SpoolFixture()
    let first = try ingest(fixture, "a", isSecondLook: false)
    let other = SpooledResult(mission: mission, inMemory: Array("[1]".utf8), adsCount: 1)
    guard case .lost = fixture.store.claimed(other) else {
      Issue.record("bytes that nobody has are there")
      return
    }
    #expect(fixture.store.claimed(first).result == nil, "what is lost was put aside")
    File.write([], to: fixture.store.partPath(for: mission.otherLook))
    #expect(try fixture.store.hasPart(mission))
    fixture.store.close()
  }
}
