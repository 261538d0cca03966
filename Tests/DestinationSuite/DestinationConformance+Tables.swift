import JSONStream
import MissionCore
import Ports
import TestSupport

// Tables other than `ads`, and what tells their records apart.
extension DestinationConformance {
  static let documents = TableName("documents")!
  /// A word of SQL, which is a name like any other.
  static let order = TableName("order")!

  package func answer(
    _ json: String, _ mission: MissionID, in table: TableName, id: String = "/id", replaces: Bool = false
  ) -> Result<LoadOutcome, DestinationError> {
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    let table = RecordTable(name: table, id: JSONPointer(id)!)
    destination.load(Self.request(json, mission, replaces: replaces, table: table)) { reply.give($0) }
    return reply.wait()
  }

  private func ledgerTable(_ mission: MissionID) throws -> TableName? {
    try inspect([mission])[0]?.ledger?.table
  }

  /// Everything that is asked of a mission is asked where the ledger says its rows are.
  func usesTables() throws {
    let json = ##"[{"id":"a","n":1.10},{"id":"#b"},{"id":"a","n":2}]"##
    for (offset, table) in [Self.documents, Self.order].enumerated() {
      let mission = Self.mission(UInt64(400 + offset))
      let outcome = LoadOutcome(rows: 2, repeatedIDs: 1, wasLoadedBefore: false)
      try expect(answer(json, mission, in: table).get(), outcome)
      try expect(answer(json, mission, in: table).get().wasLoadedBefore, true)
      try expect(rows(mission, in: table).map(\.id), ["##b", "a"])
      try expect(rows(mission), [])
      try expect(ledgerTable(mission), table)
      try expect(inspect([mission])[0]?.rowsFound, 2)
      try expect(difference(mission, json), nil)
      try change("DELETE FROM \"\(table)\" WHERE mission_id = '\(mission)' AND record_id = 'a'")
      try expect(inspect([mission])[0]?.rowsFound, 1)
      try expect(difference(mission, json) == nil, false)
      try expect(answer(json, mission, in: table, replaces: true).get().rows, 2)
      try expect(difference(mission, json), nil)
      _ = try answer(#"[{"id":"b"},{"x":[ 1 ]}]"#, mission, in: table).get()
      try expect(ads(of: mission), keepsBytes ? [#"{"id":"b"}"#, #"{"x":[ 1 ]}"#] : nil)
      try expect(rows(mission, in: table).map(\.id), ["b", "#1"])
      _ = try answer("[]", mission, in: table).get()
      try expect(rows(mission, in: table), [])
    }
    try listsOfAllTables()
  }

  /// Rows without a ledger row are found in every table.
  private func listsOfAllTables() throws {
    let stray = Self.mission(410)
    try change(
      "INSERT INTO documents (mission_id, record_id, position, data) VALUES ('\(stray)', 'x', 0, '{}')")
    try expect(inspect([stray]), [LoadedMission(ledger: nil, rowsFound: 1)])
    let reply = Reply<Result<[String], DestinationError>>()
    destination.missions(after: nil, limit: 10_000) { reply.give($0) }
    let found = try reply.wait().get()
    for number in [1, 400, 401, 410] as [UInt64] {
      try expect(found.contains(Self.mission(number).description), true)
    }
    try expect(Set(found).count, found.count)
  }

  /// A mission whose source has another table now leaves nothing in the old one, also with the same bytes.
  func movesBetweenTables() throws {
    let mission = Self.mission(420)
    let other = Self.mission(421)
    let json = #"[{"id":"a"},{"id":"b"}]"#
    _ = try load(json, mission)
    _ = try load(json, other)
    _ = try answer(json, other, in: Self.documents).get()
    for table in [Self.documents, Self.order, .ads, Self.documents] {
      let outcome = LoadOutcome(rows: 2, repeatedIDs: 0, wasLoadedBefore: false)
      try expect(answer(json, mission, in: table).get(), outcome)
      for each in [TableName.ads, Self.documents, Self.order] {
        try expect(rows(mission, in: each).count, each == table ? 2 : 0)
      }
      try expect(ledgerTable(mission), table)
      try expect(rows(other, in: Self.documents).count, 2)
    }
    // Other bytes, and none.
    try expect(answer(#"[{"id":"c"}]"#, mission, in: Self.order).get().rows, 1)
    try expect(answer("[]", mission, in: .ads).get().rows, 0)
    for each in [TableName.ads, Self.documents, Self.order] { try expect(rows(mission, in: each), []) }
    // A mending writes where it is told, and leaves nothing elsewhere.
    _ = try answer(json, mission, in: Self.documents).get()
    _ = try answer(json, mission, in: Self.order, replaces: true).get()
    try expect(rows(mission, in: Self.documents), [])
    try expect(rows(mission, in: Self.order).count, 2)
  }

  /// Ids are where the pointer leads: strings, tokens of numbers, else the place.
  func findsIDs() throws {
    let mission = Self.mission(430)
    let json =
      ###"[{"k":{"n":["x","#y"]}},{"k":{"n":[0,1.50]}},{"k":{"n":[0,""]}},{"k":{}},{"k":3},{"id":"a"},{"k":{"n":["x","#y"]},"v":2}]"###
    let outcome = LoadOutcome(rows: 6, repeatedIDs: 1, wasLoadedBefore: false)
    try expect(answer(json, mission, in: Self.documents, id: "/k/n/1").get(), outcome)
    try expect(
      rows(mission, in: Self.documents).map(\.id), ["1.50", "#2", "#3", "#4", "#5", "##y"])
    try expect(difference(mission, json, id: JSONPointer("/k/n/1")!), nil)
    try expect(difference(mission, json, id: JSONPointer("/id")!) == nil, false)
    _ = try answer(#"[{"id":1,"a/b":"x"},{"a/b":"x"}]"#, mission, in: .ads, id: "/a~1b").get()
    try expect(rows(mission).map(\.id), ["x"])
  }
}
