import JSONStream
import MissionCore
import Ports
import Spool
import Synchronization
import TestSupport

/// What every destination must do. An implementation's tests make one of these and run its checks, which throw a
/// `BrokenRule` that says which one is not kept.
package struct DestinationConformance {
  /// A row of a table of records as the destination holds it.
  package struct Row: Hashable, Sendable {
    package let id: String
    package let position: Int
    package let data: String

    package init(id: String, position: Int, data: String) {
      self.id = id
      self.position = position
      self.data = data
    }
  }

  package let destination: any Destination & Inspectable
  /// The mission's rows by position, read by other means than the destination's own.
  private let rowsIn: (MissionID, TableName) throws -> [Row]
  /// Whether `data` comes back byte for byte (not so with `jsonb`).
  package let keepsBytes: Bool
  /// Runs SQL in the destination as somebody else would.
  package let change: (String) throws -> Void

  package init(
    destination: any Destination & Inspectable,
    rows: @escaping (MissionID, TableName) throws -> [Row], keepsBytes: Bool,
    change: @escaping (String) throws -> Void
  ) {
    self.destination = destination
    rowsIn = rows
    self.keepsBytes = keepsBytes
    self.change = change
  }

  /// One check after the other, each with missions of its own.
  package func runAll() throws {
    try loadsRows()
    try loadsNoAds()
    try doesNothingForTheSameBytes()
    try replacesOtherBytes()
    try yieldsToOtherBytes()
    try derivesIDs()
    try keepsTheLastOfRepeatedIDs()
    try tellsLookalikesApart()
    try keepsExactBytes()
    try loadsManyAtOnce()
    try loadsABigResult()
    try refusesChangedBytes()
    try inspects()
    try tellsDigests()
    try listsMissions()
    try readsAds()
    try tellsLoneSurrogatesApart()
    try compares()
    try mends()
    try distrusts()
    try checks()
    try usesTables()
    try movesBetweenTables()
    try findsIDs()
  }

  /// The mission's rows in a table, by position.
  package func rows(_ mission: MissionID, in table: TableName = .ads) throws -> [Row] {
    try rowsIn(mission, table)
  }

  /// Another scrape's rows stay when they are not to be replaced, and the error says whose they are; all else is loaded.
  func yieldsToOtherBytes() throws {
    func load(_ json: String, _ mission: MissionID) -> Result<LoadOutcome, DestinationError> {
      let reply = Reply<Result<LoadOutcome, DestinationError>>()
      destination.load(Self.request(json, mission, yields: true)) { reply.give($0) }
      return reply.wait()
    }
    let (theirs, never, distrusted) = (Self.mission(510), Self.mission(511), Self.mission(512))
    let first = Self.request(#"[{"id":"a"}]"#, theirs)
    _ = try answer(#"[{"id":"a"}]"#, theirs).get()
    let before = try inspect([theirs])
    switch load(#"[{"id":"b"},{"id":"c"}]"#, theirs) {
    case .success: throw BrokenRule(description: "another scrape's rows were replaced")
    case .failure(let error): try expect(error.existing, first.result.sha256)
    }
    try expect(try inspect([theirs]), before)
    try expect(try rows(theirs).map(\.id), ["a"])
    try expect(try load(#"[{"id":"a"}]"#, theirs).get().wasLoadedBefore, true)
    try expect(try load(#"[{"id":"a"}]"#, never).get().rows, 1)
    // Rows whose digest was taken out are nobody's scrape.
    _ = try answer(#"[{"id":"a"}]"#, distrusted).get()
    let reply = Reply<Result<Void, DestinationError>>()
    destination.distrust([distrusted]) { reply.give($0) }
    try reply.wait().get()
    try expect(try load(#"[{"id":"b"}]"#, distrusted).get().rows, 1)
  }

  /// What the ledger says is asked before and after every upload, of many missions at once.
  func tellsDigests() throws {
    let (loaded, never, empty) = (Self.mission(91), Self.mission(92), Self.mission(93))
    _ = try load(#"[{"id":"a"}]"#, loaded)
    _ = try load("[]", empty)
    let asked = [never, loaded, empty, never, loaded]
    let digests = try self.digests(of: asked)
    let ledgers = try inspect(asked).map { $0?.ledger?.sha256 }
    try expect(digests, ledgers)
    try expect(digests.map { $0 == nil }, [true, false, false, true, false])
    _ = try load(#"[{"id":"b"}]"#, loaded)
    try expect(try self.digests(of: [loaded])[0] == digests[1], false)
    try expect(try self.digests(of: []), [])
  }

  private func digests(of missions: [MissionID]) throws -> [String?] {
    let reply = Reply<Result<[String?], DestinationError>>()
    destination.digests(of: missions) { reply.give($0) }
    return try reply.wait().get()
  }

  func loadsRows() throws {
    let mission = Self.mission(1)
    let outcome = try load(#"[{"id":"a","n":1},{"id":"b","n":2}]"#, mission)
    try expect(outcome, LoadOutcome(rows: 2, repeatedIDs: 0, wasLoadedBefore: false))
    try expect(rows(mission).map(\.id), ["a", "b"])
    try expect(rows(mission).map(\.position), [0, 1])
  }

  func loadsNoAds() throws {
    let mission = Self.mission(2)
    try expect(load("[]", mission), LoadOutcome(rows: 0, repeatedIDs: 0, wasLoadedBefore: false))
    try expect(rows(mission), [])
    try expect(load("[]", mission).wasLoadedBefore, true)
  }

  func doesNothingForTheSameBytes() throws {
    let mission = Self.mission(3)
    let json = #"[{"id":"a"},{"id":"a"},{"id":"c"}]"#
    _ = try load(json, mission)
    let before = try rows(mission)
    try expect(load(json, mission), LoadOutcome(rows: 2, repeatedIDs: 1, wasLoadedBefore: true))
    try expect(rows(mission), before)
  }

  func replacesOtherBytes() throws {
    let mission = Self.mission(4)
    let other = Self.mission(5)
    _ = try load(#"[{"id":"a"},{"id":"b"},{"id":"c"}]"#, mission)
    _ = try load(#"[{"id":"a"}]"#, other)
    try expect(load(#"[{"id":"b"}]"#, mission), LoadOutcome(rows: 1, repeatedIDs: 0, wasLoadedBefore: false))
    try expect(rows(mission).map(\.id), ["b"])
    try expect(rows(other).map(\.id), ["a"])
    _ = try load("[]", mission)
    try expect(rows(mission), [])
  }

  func derivesIDs() throws {
    let mission = Self.mission(6)
    let json =
      ###"[{"id":"x"},{"id":""},{"id":12},{"id":1.50},{"id":null},{},{"id":"#5"},{"id":true},{"id":{}},[1],7,"###
      + ###""s",{"id":"\u0023z"},{"id":"a\/é\""},{"id":1,"id":"last"},{"x":{"id":"inner"}},null,{"id":"##_"}]"###
    try expect(load(json, mission).repeatedIDs, 0)
    try expect(
      rows(mission).map(\.id),
      [
        "x", "#1", "12", "1.50", "#4", "#5", "##5", "#7", "#8", "#9", "#10", "#11", "##z", "a/é\"", "last",
        "#15",
        "#16", "###_",
      ])
  }

  func keepsTheLastOfRepeatedIDs() throws {
    let mission = Self.mission(7)
    let outcome = try load(
      #"[{"id":"a","v":1},{"id":1,"v":2},{"id":"a","v":3},{"id":"1","v":4},{"id":"a","v":5}]"#, mission)
    try expect(outcome, LoadOutcome(rows: 2, repeatedIDs: 3, wasLoadedBefore: false))
    try expect(rows(mission).map(\.position), [3, 4])
    try expect(rows(mission).map(\.id), ["1", "a"])
    try expect(rows(mission)[1].data.contains("5"), true)
  }

  func keepsExactBytes() throws {
    let mission = Self.mission(8)
    let ads = [
      #"{"id" : "a",  "price":1.10, "z":1e400, "a":-0, "t":"\u00e9\/é€😀"}"#, #"{"b":2,"a":1,"b":3}"#,
      #"[ 1 , 2 ]"#, #""text""#,
    ]
    _ = try load("[ \(ads.joined(separator: " ,\n")) ]", mission)
    if keepsBytes {
      try expect(rows(mission).map(\.data), ads)
    } else {
      try expect(rows(mission).count, 4)
    }
  }

  func loadsManyAtOnce() throws {
    let missions = (100..<300).map { Self.mission(UInt64($0)) }
    let gate = Gate()
    let answers = Mutex<[MissionID: Result<LoadOutcome, DestinationError>]>([:])
    for (index, mission) in missions.enumerated() {
      let json = "[" + (0..<index % 7).map { #"{"id":"\#(index)-\#($0)"}"# }.joined(separator: ",") + "]"
      destination.load(Self.request(json, mission)) { answer in
        answers.withLock { precondition($0.updateValue(answer, forKey: mission) == nil, "answered twice") }
        gate.open()
      }
    }
    for _ in missions { gate.wait() }
    for (index, mission) in missions.enumerated() {
      try expect(answers.withLock { try $0[mission]?.get().rows }, .some(index % 7))
      try expect(rows(mission).map(\.id), (0..<index % 7).map { "\(index)-\($0)" })
    }
  }

  func loadsABigResult() throws {
    let mission = Self.mission(9)
    let text = String(repeating: "x", count: 200)
    let json = "[" + (0..<20_000).map { #"{"id":"\#($0)","text":"\#(text)"}"# }.joined(separator: ",") + "]"
    try expect(load(json, mission).rows, 20_000)
    let found = try rows(mission)
    try expect(found.count, 20_000)
    try expect(found.last?.id, "19999")
  }

  func inspects() throws {
    let mission = Self.mission(10)
    let json = #"[{"id":"a"},{"id":"a"}]"#
    _ = try load(json, mission)
    let found = try inspect([Self.mission(99), mission])
    let ledger = LoadedMission.Ledger(
      adsCount: 2, rowsCount: 1, sha256: Self.request(json, mission).result.sha256,
      loadedAt: Timestamp(milliseconds: 1_750_000_000_000))
    try expect(found, [nil, LoadedMission(ledger: ledger, rowsFound: 1)])
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
    try expect(Set(found).count, found.count)
    for number in [1, 2, 10, 100, 299] {
      try expect(found.contains(Self.mission(UInt64(number)).description), true)
    }
    try expect(found.contains(Self.mission(99).description), false)
  }

  func readsAds() throws {
    let mission = Self.mission(11)
    for ads in [[], ["1"], [#"{"id":"b"}"#, #"{"id": "a","x":[ 1, 2 ]}"#], (0..<100).map { "[\($0)]" }] {
      _ = try load("[ \(ads.joined(separator: " ,")) ]", mission)
      try expect(self.ads(of: mission), keepsBytes ? ads : nil)
    }
    _ = try load(#"[{"id":"a"},{"id":"a"}]"#, mission)
    try expect(self.ads(of: mission), nil)
  }

  func checks() throws {
    let reply = Reply<Result<Message, DestinationError>>()
    destination.check([.ads, RecordTable(name: Self.documents)]) { reply.give($0) }
    try expect(reply.wait().get().isEmpty, false)
    try expect(inspect([MissionID(high: 0, low: 0)]), [nil])
  }

  /// Ids are told apart by their bytes, also where Unicode holds two spellings to be the same text.
  func tellsLookalikesApart() throws {
    let mission = Self.mission(13)
    let json =
      "[{\"id\":\"\u{E9}\"},{\"id\":\"e\u{301}\"},{\"id\":\"\\u00e9\"},{\"id\":\"A\"},{\"id\":\"a\"}]"
    try expect(load(json, mission), LoadOutcome(rows: 4, repeatedIDs: 1, wasLoadedBefore: false))
    try expect(rows(mission).map(\.position), [1, 2, 3, 4])
  }
}

extension DestinationConformance {
  // MARK: Asking

  package func load(_ json: String, _ mission: MissionID) throws -> LoadOutcome {
    try answer(json, mission).get()
  }

  /// Loads a mission with parameters.
  package func load(_ json: String, _ mission: MissionID, _ values: ParameterValues) throws -> LoadOutcome {
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(Self.request(json, mission, values: values)) { reply.give($0) }
    return try reply.wait().get()
  }

  package func answer(_ json: String, _ mission: MissionID) -> Result<LoadOutcome, DestinationError> {
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(Self.request(json, mission)) { reply.give($0) }
    return reply.wait()
  }

  /// Loads whatever the ledger says.
  func mend(_ json: String, _ mission: MissionID, sha256: String? = nil) throws -> LoadOutcome {
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(Self.request(json, mission, replaces: true, sha256: sha256)) { reply.give($0) }
    return try reply.wait().get()
  }

  /// The first difference of the mission's rows from those of a result; nil when there is none.
  package func difference(
    _ mission: MissionID, _ json: String, id: JSONPointer = RecordTable.ads.id
  ) throws -> String? {
    let reply = Reply<Result<Message?, DestinationError>>()
    destination.compare(mission, with: Self.request(json, mission).result, id: id) { reply.give($0) }
    return try reply.wait().get()?.plain
  }

  package func inspect(_ missions: [MissionID]) throws -> [LoadedMission?] {
    let reply = Reply<Result<[LoadedMission?], DestinationError>>()
    destination.inspect(missions) { reply.give($0) }
    return try reply.wait().get()
  }

  /// Nil when the destination cannot give all.
  func ads(of mission: MissionID) throws -> [String]? {
    let ads = Mutex<[String]>([])
    let reply = Reply<Result<Bool?, DestinationError>>()
    destination.readAds(
      of: mission, ad: { ad in ads.withLock { $0.append(String(decoding: ad, as: UTF8.self)) } },
      reply: { reply.give($0) })
    return try reply.wait().get() == true ? ads.withLock { $0 } : nil
  }

  package static func mission(_ number: UInt64) -> MissionID {
    MissionID(high: number << 32 | 0x8000, low: 1 << 63 | number)
  }

  package static func request(
    _ json: String, _ mission: MissionID, replaces: Bool = false, sha256: String? = nil,
    values: ParameterValues = ParameterValues(), table: RecordTable = .ads, yields: Bool = false
  ) -> LoadRequest {
    let day = CalendarDay(daysSinceEpoch: 20_000)
    return LoadRequest(
      mission: mission,
      parameters: MissionParameters(
        dateStart: day, dateEnd: day.adding(days: 1), mediaType: .video, languages: ["pt", "eng"],
        values: values),
      runID: "run-1",
      result: SpooledResult(mission: mission, inMemory: Array(json.utf8), adsCount: 0), table: table,
      at: Timestamp(milliseconds: 1_750_000_000_000), replaces: replaces, yields: yields,
      sha256: sha256)
  }
}
