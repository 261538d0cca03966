import Glibc
import MissionCore
import Spool
import TestSupport
import Testing
import WorkerSource

@Suite(.timeLimit(.minutes(5)))
struct UnderWayTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/spool" }
  private let missions = (1...3).map { SpoolFixture.mission($0) }

  /// What a kill leaves at this moment, opened by the next run.
  private func afterKill(_ name: String) throws -> SpoolStore {
    let copy = folder.path + "/" + name
    mkdir(copy, 0o700)
    for file in folder.names(in: "spool") {
      File.write(try #require(File.read("\(path)/\(file)")), to: "\(copy)/\(file)")
    }
    return try SpoolStore(directory: copy)
  }

  @Test("a mission whose answer was under way when the process died is known at the next start, until swept")
  func marked() throws {
    let store = try SpoolStore(directory: path)
    let killed = Reply<SpoolStore?>()
    // The reply comes from the spool's thread, while the mission is still marked.
    store.ingest(.memory(Array(#"{"status":"empty"}"#.utf8)), mission: missions[0], as: JobAnswerReader()) {
      _ in
      killed.give(try? afterKill("during"))
    }
    let during = try #require(killed.wait())
    #expect(try during.hasPart(missions[0]))
    #expect(try !during.hasPart(missions[1]))
    // New work does not wipe the old marks out.
    _ = try during.ingested(text: "x", missions[1])
    #expect(try during.hasPart(missions[0]))
    #expect(try !during.hasPart(missions[1]))
    try during.sweep { _ in .result }
    #expect(try !during.hasPart(missions[0]))
    during.close()

    _ = store.ingested(.memory(Array("nonsense".utf8)), missions[1])
    store.settle([missions[2]])
    let afterwards = try afterKill("afterwards")
    #expect(try missions.allSatisfy { try !afterwards.hasPart($0) })
    #expect(try !store.hasPart(missions[0]))
  }

  @Test("marks that were not swept are counted again after a second kill; no file of marks stays behind")
  func unswept() throws {
    mkdir(path, 0o700)
    var words = [UInt64](repeating: 0, count: 128)
    words[126] = missions[2].high
    words[127] = missions[2].low
    File.write(words.withUnsafeBytes { Array($0) }, to: path + "/marks.spool")
    for _ in 0..<2 {
      let store = try SpoolStore(directory: path)
      #expect(try store.hasPart(missions[2]))
      store.close()
    }
    let store = try SpoolStore(directory: path)
    try store.sweep { _ in .result }
    #expect(folder.names(in: "spool").isEmpty)
    #expect(try !store.hasPart(missions[2]))
  }

  @Test("a file of marks that is short or nonsense stops nothing", arguments: [0, 3, 20])
  func nonsense(size: Int) throws {
    mkdir(path, 0o700)
    File.write([UInt8](repeating: 0xFF, count: size), to: path + "/marks.spool")
    let store = try SpoolStore(directory: path)
    #expect(try !store.hasPart(missions[0]))
    try store.sweep { _ in .result }
    #expect(try store.found(store.ingested(text: "x", missions[0])) != nil)
  }
}
