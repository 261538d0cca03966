import Crypto
import Glibc
import MissionCore
import Ports
import Spool
import TestSupport
import Testing
import WorkerSource

/// Random work on a spool whose machine loses power again and again.
@Suite(.timeLimit(.minutes(5)))
struct CrashTests {
  @Test(
    "whatever was acknowledged and not removed survives a power cut, nothing else comes back",
    arguments: [UInt64](1...8))
  func powerCuts(seed: UInt64) throws {
    var world = try CrashingSpool(seed: seed)
    for _ in 0..<25 {
      try world.work()
      if world.dice(4) == 0 { try world.losePower() }
    }
    try world.lastRun()
  }
}

private struct CrashingSpool {
  private let folder = TemporaryFolder()
  private var random: SeededRandom
  private var life = 0
  private var store: SpoolStore
  /// What must be found.
  private var acknowledged: [MissionID: SpooledResult] = [:]
  /// Results that were given up or replaced; none may be found.
  private var gone: [SpooledResult] = []
  private var counter = 0

  private var name: String { "life-\(life)" }
  private var path: String { "\(folder.path)/\(name)" }

  init(seed: UInt64) throws {
    random = SeededRandom(seed: seed)
    store = try SpoolStore(directory: folder.path + "/life-0")
  }

  mutating func dice(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

  /// Some answers at once and some removals, all of them done when it returns.
  mutating func work() throws {
    try acknowledge(try ingest(missions(atMost: 5)))
    for mission in acknowledged.keys.sorted() where dice(3) == 0 {
      store.remove(mission)
      gone.append(acknowledged.removeValue(forKey: mission)!)
    }
    store.settle(gone.map(\.mission))
  }

  /// While answers are under way: each sector has its old or its new content, each file is there or not.
  mutating func losePower() throws {
    let before = content()
    let underWay = missions(atMost: 4)
    let results = try ingest(underWay)
    let after = content()
    life += 1
    mkdir(path, 0o700)
    for file in Set(before.keys).union(after.keys).sorted() {
      // Files of missions that nothing happened to are the same in both.
      guard let mixed = mix(before[file], after[file]) else { continue }
      File.write(mixed, to: "\(path)/\(file)")
    }
    store = try SpoolStore(directory: path)
    let uncertain = Set(underWay)
    let kept = acknowledged
    try store.sweep { kept[$0] != nil || uncertain.contains($0) ? .result : .nothing }
    for result in results { try expectWhole(result, mayBeMissing: true) }
    // The journal does not know of them: they are scraped again.
    for mission in underWay {
      if let older = acknowledged.removeValue(forKey: mission) { gone.append(older) }
      store.remove(mission)
    }
    gone += results
    store.settle(underWay)
    try expectExact()
  }

  mutating func lastRun() throws {
    try expectExact()
    store.close()
    let names = acknowledged.keys.map { "\($0).json" }.sorted()
    #expect(folder.names(in: name) == names)
    store = try SpoolStore(directory: path)
    try expectExact()
    store.close()
  }

  private func expectExact() throws {
    for result in acknowledged.values { try expectWhole(result, mayBeMissing: false) }
    for result in gone { #expect(try store.found(result) == nil) }
  }

  private func expectWhole(_ result: SpooledResult, mayBeMissing: Bool) throws {
    guard let bytes = try store.found(result) else {
      #expect(mayBeMissing, "\(result.mission) is lost")
      return
    }
    #expect(SHA256.hexDigest(of: bytes) == result.sha256)
  }

  private mutating func acknowledge(_ results: [SpooledResult]) throws {
    for result in results {
      if let older = acknowledged.updateValue(result, forKey: result.mission) { gone.append(older) }
    }
    try expectExact()
  }

  /// Few missions, so that many are scraped again.
  private mutating func missions(atMost count: Int) -> [MissionID] {
    Array(Set((0...dice(count)).map { _ in SpoolFixture.mission(UInt64(1 + dice(12))) })).sorted()
  }

  private mutating func ingest(_ missions: [MissionID]) throws -> [SpooledResult] {
    let replies = missions.map { _ in Reply<Result<ScrapeAnswer, SpoolError>>() }
    for (mission, reply) in zip(missions, replies) {
      counter += 1
      let size = [2, 900, 20_000, 120_000, 250_000, 300_000][dice(6)]
      let text = "\(counter) " + String(repeating: "x", count: dice(size))
      let answer = Array(#"{"status":"completed","data":[{"":"\#(text)"}]}"#.utf8)
      store.ingest(.memory(answer), mission: mission, as: JobAnswerReader()) { reply.give($0) }
    }
    return try replies.map { reply in
      guard case .completed(let result) = try reply.wait().get() else {
        throw SpoolError.wrongShape(what: "the test expected a result", excerpt: "")
      }
      return result
    }
  }

  private func content() -> [String: [UInt8]] {
    var content: [String: [UInt8]] = [:]
    for file in folder.names(in: name) { content[file] = File.read("\(path)/\(file)") }
    return content
  }

  private mutating func mix(_ before: [UInt8]?, _ after: [UInt8]?) -> [UInt8]? {
    guard let before, let after else { return dice(2) == 0 ? before : after }
    guard before.count == after.count else { return dice(2) == 0 ? before : after }
    if before == after { return before }
    var mixed = before
    let sector = 512
    let odds = 2 + dice(30)
    for start in stride(from: 0, to: mixed.count, by: sector) where dice(odds) != 0 {
      let range = start..<min(start + sector, mixed.count)
      mixed.withUnsafeMutableBytes { to in
        after.withUnsafeBytes { from in
          UnsafeMutableRawBufferPointer(rebasing: to[range])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: from[range]))
        }
      }
    }
    return mixed
  }
}
