import Crypto
import Formats
import Foundation
import MissionCore
import Ports
import Spool
import Synchronization
import TestSupport

/// What every destination must do that takes results whole and makes no rows of them that could be looked at: the rules of
/// `DestinationConformance` that are left then, the same suite for one that tells what it has and one that does not.
package struct WholeConformance {
  package let destination: any Destination & Inspectable
  /// Looks into the destination from outside: the bytes that it has of a mission.
  private let stored: (MissionID) throws -> [UInt8]?
  /// Whether it tells what it has.
  private let tells: Bool

  package init(
    destination: any Destination & Inspectable, tells: Bool,
    stored: @escaping (MissionID) throws -> [UInt8]?
  ) {
    self.destination = destination
    self.stored = stored
    self.tells = tells
  }

  package func runAll() throws {
    try expect(destination.inspectable != nil, tells)
    try loadsWhatWasScraped()
    try doesNothingForTheSameBytes()
    try replacesOtherBytes()
    try mends()
    try loadsManyAtOnce()
    try loadsABigResult()
    try refusesChangedBytes()
    try checks()
    guard tells else { return }
    try tellsWhatItHas()
    try listsMissions()
    try distrusts()
  }

  private func loadsWhatWasScraped() throws {
    for (number, json) in [
      "[]", #"[{"id" : "a",  "price":1.10, "t":"\u00e9\/é€😀"},{"id":"a"}, 7 ]"#,
    ].enumerated() {
      let mission = Self.mission(1 + UInt64(number))
      let outcome = try load(json, mission)
      try expect(outcome, LoadOutcome(rows: number * 3, repeatedIDs: 0, wasLoadedBefore: false))
      try expect(stored(mission), Array(json.utf8))
    }
  }

  private func doesNothingForTheSameBytes() throws {
    let mission = Self.mission(10)
    _ = try load("[1,2]", mission)
    try expect(load("[1,2]", mission), LoadOutcome(rows: 2, repeatedIDs: 0, wasLoadedBefore: tells))
    try expect(stored(mission), Array("[1,2]".utf8))
  }

  private func replacesOtherBytes() throws {
    let (mission, other) = (Self.mission(11), Self.mission(12))
    _ = try load("[1,2,3]", mission)
    _ = try load("[4]", other)
    for json in ["[5]", "[]", "[1,2,3]"] {
      try expect(load(json, mission).wasLoadedBefore, false)
      try expect(stored(mission), Array(json.utf8))
    }
    try expect(stored(other), Array("[4]".utf8))
  }

  /// What replaces on purpose is written whatever is there, and the ledger says what it is told to.
  private func mends() throws {
    let mission = Self.mission(13)
    _ = try load("[1,2]", mission)
    try expect(load("[1,2]", mission, replaces: true).wasLoadedBefore, false)
    let sha256 = SHA256.hexDigest(of: "[1,2]")
    _ = try load("[ 1, 2 ]", mission, replaces: true, sha256: sha256)
    try expect(stored(mission), Array("[ 1, 2 ]".utf8))
    if tells { try expect(ledgers([mission])[0]?.sha256, sha256) }
  }

  private func loadsManyAtOnce() throws {
    let missions = (100..<200).map { Self.mission(UInt64($0)) }
    let gate = Gate()
    let answers = Mutex<[MissionID: Result<LoadOutcome, DestinationError>]>([:])
    for (index, mission) in missions.enumerated() {
      destination.load(try Self.request("[\(index)]", mission)) { answer in
        answers.withLock { precondition($0.updateValue(answer, forKey: mission) == nil, "answered twice") }
        gate.open()
      }
    }
    for _ in missions { gate.wait() }
    for (index, mission) in missions.enumerated() {
      try expect(answers.withLock { try $0[mission]?.get().rows }, 1)
      try expect(stored(mission), Array("[\(index)]".utf8))
    }
  }

  private func loadsABigResult() throws {
    let mission = Self.mission(14)
    let text = String(repeating: "x", count: 200)
    let json = "[" + (0..<20_000).map { #"{"id":"\#($0)","text":"\#(text)"}"# }.joined(separator: ",") + "]"
    try expect(load(json, mission).rows, 20_000)
    let isSame = try stored(mission) == Array(json.utf8)
    try expect(isSame, true)
  }

  /// A large result lies in a file that anything may happen to: other bytes than were hashed never count, and what was
  /// loaded before stays.
  private func refusesChangedBytes() throws {
    let mission = Self.mission(15)
    _ = try load("[0]", mission)
    let folder = TemporaryFolder()
    let store = try SpoolStore(directory: folder.path)
    defer { store.close() }
    let json =
      "[" + (0..<12_000).map { #"{"id":"x\#($0)","text":"some words to fill it"}"# }.joined(separator: ",")
      + "]"
    let reply = Reply<Result<ScrapeAnswer, SpoolError>>()
    store.ingest(.memory(Array(json.utf8)), mission: mission, as: DocumentReader()) { reply.give($0) }
    guard case .completed(let result) = try reply.wait().get(), !result.isInMemory else {
      throw BrokenRule(description: "the suite's large result is none")
    }
    let path = "\(folder.path)/\(mission).json"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for offset in [20, whole.count / 2, whole.count - 3] {
      var altered = whole
      altered[offset] ^= 1
      try Self.overwrite(path, altered)
      guard case .failure(let error) = answer(try Self.request(result, mission)) else {
        throw BrokenRule(description: "altered bytes were loaded (at \(offset))")
      }
      try expect(error.spoolFault, .lost(path: path))
      try expect(stored(mission), Array("[0]".utf8))
    }
    try Self.overwrite(path, whole)
    try expect(answer(try Self.request(result, mission)).get().rows, 12_000)
  }

  /// In place, as a disk does it.
  private static func overwrite(_ path: String, _ bytes: Data) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: bytes)
    try file.close()
  }

  private func checks() throws {
    let reply = Reply<Result<Message, DestinationError>>()
    destination.check([.ads]) { reply.give($0) }
    try expect(reply.wait().get().plain.contains("no GET"), !tells)
  }

  private func tellsWhatItHas() throws {
    let (loaded, never, empty) = (Self.mission(20), Self.mission(21), Self.mission(22))
    _ = try load("[1,2]", loaded)
    _ = try load("[]", empty)
    let found = try ledgers([never, loaded, empty, never, loaded])
    try expect(found.map { $0?.rowsCount }, [nil, 2, 0, nil, 2])
    try expect(found.map { $0?.sha256 }[1], SHA256.hexDigest(of: "[1,2]"))
    try expect(ledgers([]).count, 0)
    let reply = Reply<Result<[LoadedMission?], DestinationError>>()
    destination.inspect([never, loaded]) { reply.give($0) }
    try expect(reply.wait().get().map { $0?.rowsFound }, [nil, 2])
    for (json, isFound) in [("[1,2]", false), ("[1,2,3]", true)] {
      let difference = Reply<Result<Message?, DestinationError>>()
      destination.compare(loaded, with: try Self.request(json, loaded).result, id: RecordTable.ads.id) {
        difference.give($0)
      }
      try expect(difference.wait().get() != nil, isFound)
    }
  }

  private func listsMissions() throws {
    var found: [String] = []
    while true {
      let reply = Reply<Result<[String], DestinationError>>()
      destination.missions(after: found.last, limit: 7) { reply.give($0) }
      let page = try reply.wait().get()
      found += page
      if page.count < 7 { break }
    }
    try expect(found, found.sorted())
    try expect(Set(found).count, found.count)
    for number in [1, 10, 100, 199] as [UInt64] {
      try expect(found.contains(Self.mission(number).description), true)
    }
    try expect(found.contains(Self.mission(21).description), false)
  }

  /// Afterwards the same bytes are loaded again.
  private func distrusts() throws {
    let mission = Self.mission(23)
    _ = try load("[1]", mission)
    let reply = Reply<Result<Void, DestinationError>>()
    destination.distrust([mission, Self.mission(98)]) { reply.give($0) }
    try reply.wait().get()
    try expect(load("[1]", mission).wasLoadedBefore, false)
    try expect(stored(mission), Array("[1]".utf8))
  }

  // MARK: Asking

  private func load(
    _ json: String, _ mission: MissionID, replaces: Bool = false, sha256: String? = nil
  ) throws -> LoadOutcome {
    try answer(try Self.request(json, mission, replaces: replaces, sha256: sha256)).get()
  }

  private func answer(_ request: LoadRequest) -> Result<LoadOutcome, DestinationError> {
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(request) { reply.give($0) }
    return reply.wait()
  }

  private func ledgers(_ missions: [MissionID]) throws -> [LoadedMission.Ledger?] {
    let reply = Reply<Result<[LoadedMission.Ledger?], DestinationError>>()
    destination.ledgers(of: missions) { reply.give($0) }
    return try reply.wait().get()
  }

  package static func mission(_ number: UInt64) -> MissionID { DestinationConformance.mission(number) }

  /// With as many elements as the text has.
  package static func request(
    _ json: String, _ mission: MissionID, replaces: Bool = false, sha256: String? = nil
  ) throws -> LoadRequest {
    let count = (try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [Any])?.count ?? 0
    let result = SpooledResult(mission: mission, inMemory: Array(json.utf8), adsCount: count)
    return try request(result, mission, replaces: replaces, sha256: sha256)
  }

  private static func request(
    _ result: SpooledResult, _ mission: MissionID, replaces: Bool = false, sha256: String? = nil
  ) throws -> LoadRequest {
    let model = DestinationConformance.request("[]", mission)
    return LoadRequest(
      mission: mission, parameters: model.parameters, runID: model.runID, result: result, at: model.at,
      replaces: replaces, sha256: sha256)
  }
}
