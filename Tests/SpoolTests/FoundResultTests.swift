import MissionCore
import Ports
import Spool
import TestSupport
import Testing

/// A process that dies before its journal has a result leaves it to the next one, with the start that brought it.
@Suite(.timeLimit(.minutes(5)))
struct FoundResultTests {
  private let mission = SpoolFixture.mission(1)
  private let fixture: SpoolFixture

  init() throws { fixture = try SpoolFixture() }

  /// A result of two records; a large one has a file of its own.
  private func ingest(attempt: Int, isLarge: Bool = false, in store: SpoolStore? = nil) throws
    -> ScrapedResult
  {
    let text = String(repeating: "\(attempt)", count: isLarge ? 300 << 10 : 5)
    let answer = Array(#"{"status":"completed","data":[{"a":"\#(text)"}, {}]}"#.utf8)
    let ingested = (store ?? fixture.store).ingested(.memory(answer), mission, attempt: attempt)
    return ScrapedResult(try fixture.completed(ingested))
  }

  private func next() throws -> SpoolStore { try SpoolStore(directory: fixture.folder.path + "/spool") }

  @Test(
    "found by its start, with size, digest and number of records, after a kill and after an orderly end",
    arguments: [false, true], [false, true])
  func found(isLarge: Bool, isClosed: Bool) throws {
    let result = try ingest(attempt: 3, isLarge: isLarge)
    #expect(result.adsCount == 2)
    if isClosed {
      fixture.store.close()
      #expect(fixture.files == ["\(mission).3.json"])
    }
    let next = try next()
    #expect(try next.found(mission, attempt: 3) == result)
    for other in [0, 2, 4] { #expect(try next.found(mission, attempt: other) == nil) }
    #expect(try next.found(SpoolFixture.mission(2), attempt: 3) == nil)
    #expect(try next.sweep { _ in .nothing } == 1, "one that does not count goes")
    #expect(try next.found(mission, attempt: 3) == nil)
  }

  @Test(
    "the latest start's result is found, whatever an earlier one left", arguments: [false, true],
    [false, true])
  func latest(wasLarge: Bool, isLarge: Bool) throws {
    _ = try ingest(attempt: 1, isLarge: wasLarge)
    let result = try ingest(attempt: 2, isLarge: isLarge)
    let next = try next()
    #expect(try next.found(mission, attempt: 1) == nil)
    #expect(try next.found(mission, attempt: 2) == result)
  }

  @Test("of two files of a mission the later one counts, and the other is swept")
  func twoFiles() throws {
    let result = try ingest(attempt: 12, isLarge: true)
    fixture.store.close()
    File.write([0x5B, 0x5D], to: "\(fixture.folder.path)/spool/\(mission).9.json")
    let next = try next()
    #expect(try next.found(mission, attempt: 9) == nil)
    #expect(try next.found(mission, attempt: 12) == result)
    #expect(try next.sweep { _ in .result } == 1)
    #expect(fixture.files == ["\(mission).12.json"])
    #expect(next.open(mission: mission, size: result.size, sha256: result.sha256, adsCount: 2).result != nil)
  }

  @Test("what is no array any more is not what was written")
  func damaged() throws {
    _ = try ingest(attempt: 1, isLarge: true)
    fixture.store.close()
    File.write(Array(#"[{"a":1}"#.utf8), to: "\(fixture.folder.path)/spool/\(mission).1.json")
    #expect(try next().found(mission, attempt: 1) == nil)
  }
}
