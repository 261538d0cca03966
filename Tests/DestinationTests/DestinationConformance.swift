import Destination
import MissionCore
import Spool
import Synchronization
import Testing

/// What every destination must do. An implementation's tests make one of these and run its checks.
struct DestinationConformance {
  /// A row of `ads` as the destination holds it.
  struct Row: Hashable, Sendable {
    let id: String
    let position: Int
    let data: String
  }

  let destination: any Destination
  /// The mission's rows by position, read by other means than the destination's own.
  let rows: (MissionID) throws -> [Row]
  /// Whether `data` comes back byte for byte (not so with `jsonb`).
  let keepsBytes: Bool

  /// One check after the other, each with missions of its own.
  func runAll() throws {
    try loadsRows()
    try loadsNoAds()
    try doesNothingForTheSameBytes()
    try replacesOtherBytes()
    try derivesIDs()
    try keepsTheLastOfRepeatedIDs()
    try keepsExactBytes()
    try loadsManyAtOnce()
    try loadsABigResult()
    try inspects()
    try listsMissions()
    try readsAds()
    try removes()
    try checks()
  }

  func loadsRows() throws {
    let mission = Self.mission(1)
    let outcome = try load(#"[{"id":"a","n":1},{"id":"b","n":2}]"#, mission)
    #expect(outcome == LoadOutcome(rows: 2, repeatedIDs: 0, wasLoadedBefore: false))
    #expect(try rows(mission).map(\.id) == ["a", "b"])
    #expect(try rows(mission).map(\.position) == [0, 1])
  }

  func loadsNoAds() throws {
    let mission = Self.mission(2)
    #expect(try load("[]", mission) == LoadOutcome(rows: 0, repeatedIDs: 0, wasLoadedBefore: false))
    #expect(try rows(mission).isEmpty)
    #expect(try load("[]", mission).wasLoadedBefore)
  }

  func doesNothingForTheSameBytes() throws {
    let mission = Self.mission(3)
    let json = #"[{"id":"a"},{"id":"a"},{"id":"c"}]"#
    _ = try load(json, mission)
    let before = try rows(mission)
    #expect(try load(json, mission) == LoadOutcome(rows: 2, repeatedIDs: 1, wasLoadedBefore: true))
    #expect(try rows(mission) == before)
  }

  func replacesOtherBytes() throws {
    let mission = Self.mission(4)
    let other = Self.mission(5)
    _ = try load(#"[{"id":"a"},{"id":"b"},{"id":"c"}]"#, mission)
    _ = try load(#"[{"id":"a"}]"#, other)
    #expect(
      try load(#"[{"id":"b"}]"#, mission) == LoadOutcome(rows: 1, repeatedIDs: 0, wasLoadedBefore: false))
    #expect(try rows(mission).map(\.id) == ["b"])
    #expect(try rows(other).map(\.id) == ["a"])
    _ = try load("[]", mission)
    #expect(try rows(mission).isEmpty)
  }

  func derivesIDs() throws {
    let mission = Self.mission(6)
    let json =
      ###"[{"id":"x"},{"id":""},{"id":12},{"id":1.50},{"id":null},{},{"id":"#5"},{"id":true},{"id":{}},[1],7,"###
      + ###""s",{"id":"\u0023z"},{"id":"a\/é\""},{"id":1,"id":"last"},{"x":{"id":"inner"}},null,{"id":"##_"}]"###
    #expect(try load(json, mission).repeatedIDs == 0)
    #expect(
      try rows(mission).map(\.id) == [
        "x", "#1", "12", "1.50", "#4", "#5", "##5", "#7", "#8", "#9", "#10", "#11", "##z", "a/é\"", "last",
        "#15",
        "#16", "###_",
      ])
  }

  func keepsTheLastOfRepeatedIDs() throws {
    let mission = Self.mission(7)
    let outcome = try load(
      #"[{"id":"a","v":1},{"id":1,"v":2},{"id":"a","v":3},{"id":"1","v":4},{"id":"a","v":5}]"#, mission)
    #expect(outcome == LoadOutcome(rows: 2, repeatedIDs: 3, wasLoadedBefore: false))
    #expect(try rows(mission).map(\.position) == [3, 4])
    #expect(try rows(mission).map(\.id) == ["1", "a"])
    #expect(try rows(mission)[1].data.contains("5"))
  }

  func keepsExactBytes() throws {
    let mission = Self.mission(8)
    let ads = [
      #"{"id" : "a",  "price":1.10, "z":1e400, "a":-0, "t":"\u00e9\/é€😀"}"#, #"{"b":2,"a":1,"b":3}"#,
      #"[ 1 , 2 ]"#, #""text""#,
    ]
    _ = try load("[ \(ads.joined(separator: " ,\n")) ]", mission)
    if keepsBytes {
      #expect(try rows(mission).map(\.data) == ads)
    } else {
      #expect(try rows(mission).count == 4)
    }
  }

  func loadsManyAtOnce() throws {
    let missions = (100..<300).map { Self.mission(UInt64($0)) }
    let gate = Gate()
    let answers = Mutex<[MissionID: Result<LoadOutcome, DestinationError>]>([:])
    for (index, mission) in missions.enumerated() {
      let json = "[" + (0..<index % 7).map { #"{"id":"\#(index)-\#($0)"}"# }.joined(separator: ",") + "]"
      destination.load(Self.request(json, mission)) { answer in
        answers.withLock { #expect($0.updateValue(answer, forKey: mission) == nil) }
        gate.open()
      }
    }
    for _ in missions { gate.wait() }
    for (index, mission) in missions.enumerated() {
      #expect(try answers.withLock { try $0[mission]?.get().rows } == index % 7)
      #expect(try rows(mission).map(\.id) == (0..<index % 7).map { "\(index)-\($0)" })
    }
  }

  func loadsABigResult() throws {
    let mission = Self.mission(9)
    let text = String(repeating: "x", count: 200)
    let json = "[" + (0..<20_000).map { #"{"id":"\#($0)","text":"\#(text)"}"# }.joined(separator: ",") + "]"
    #expect(try load(json, mission).rows == 20_000)
    let found = try rows(mission)
    #expect(found.count == 20_000)
    #expect(found.last?.id == "19999")
  }

  func inspects() throws {
    let mission = Self.mission(10)
    let json = #"[{"id":"a"},{"id":"a"}]"#
    _ = try load(json, mission)
    let found = try inspect([Self.mission(99), mission])
    let ledger = LoadedMission.Ledger(
      adsCount: 2, rowsCount: 1, sha256: Self.request(json, mission).result.sha256)
    #expect(found == [nil, LoadedMission(ledger: ledger, rowsFound: 1)])
  }

  /// Pages give each mission once, also with ids that others have written.
  func listsMissions() throws {
    var found: [String] = []
    for _ in 0..<1000 {
      let reply = Reply<Result<[String], DestinationError>>()
      destination.missions(after: found.last, limit: 7) { reply.give($0) }
      let page = try reply.wait().get()
      found += page
      if page.count < 7 { break }
    }
    #expect(Set(found).count == found.count)
    for number in [1, 2, 10, 100, 299] { #expect(found.contains(Self.mission(UInt64(number)).description)) }
    #expect(!found.contains(Self.mission(99).description))
  }

  func readsAds() throws {
    let mission = Self.mission(11)
    for ads in [[], ["1"], [#"{"id":"b"}"#, #"{"id": "a","x":[ 1, 2 ]}"#], (0..<100).map { "[\($0)]" }] {
      _ = try load("[ \(ads.joined(separator: " ,")) ]", mission)
      #expect(try self.ads(of: mission) == (keepsBytes ? ads : nil))
    }
    _ = try load(#"[{"id":"a"},{"id":"a"}]"#, mission)
    #expect(try self.ads(of: mission) == nil)
  }

  func removes() throws {
    let mission = Self.mission(12)
    _ = try load("[1,2]", mission)
    let reply = Reply<Result<Void, DestinationError>>()
    destination.remove([mission, Self.mission(98)]) { reply.give($0) }
    try reply.wait().get()
    #expect(try inspect([mission]) == [nil])
    #expect(try load("[1,2]", mission) == LoadOutcome(rows: 2, repeatedIDs: 0, wasLoadedBefore: false))
  }

  func checks() throws {
    let reply = Reply<Result<Void, DestinationError>>()
    destination.check { reply.give($0) }
    try reply.wait().get()
    #expect(try inspect([MissionID(high: 0, low: 0)]) == [nil])
  }

  // MARK: Asking

  func load(_ json: String, _ mission: MissionID) throws -> LoadOutcome { try answer(json, mission).get() }

  func answer(_ json: String, _ mission: MissionID) -> Result<LoadOutcome, DestinationError> {
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(Self.request(json, mission)) { reply.give($0) }
    return reply.wait()
  }

  func inspect(_ missions: [MissionID]) throws -> [LoadedMission?] {
    let reply = Reply<Result<[LoadedMission?], DestinationError>>()
    destination.inspect(missions) { reply.give($0) }
    return try reply.wait().get()
  }

  /// Nil when the destination cannot give all.
  private func ads(of mission: MissionID) throws -> [String]? {
    let ads = Mutex<[String]>([])
    let reply = Reply<Result<Bool?, DestinationError>>()
    destination.readAds(
      of: mission, ad: { ad in ads.withLock { $0.append(String(decoding: ad, as: UTF8.self)) } },
      reply: { reply.give($0) })
    return try reply.wait().get() == true ? ads.withLock { $0 } : nil
  }

  static func mission(_ number: UInt64) -> MissionID {
    MissionID(high: number << 32 | 0x8000, low: 1 << 63 | number)
  }

  static func request(_ json: String, _ mission: MissionID) -> LoadRequest {
    let day = CalendarDay(daysSinceEpoch: 20_000)
    return LoadRequest(
      mission: mission,
      parameters: MissionParameters(
        dateStart: day, dateEnd: day.adding(days: 1), mediaType: .video, languages: ["pt", "eng"]),
      runID: "run-1",
      result: SpooledResult(mission: mission, inMemory: Array(json.utf8), adsCount: 0),
      at: Timestamp(milliseconds: 1_750_000_000_000))
  }
}
