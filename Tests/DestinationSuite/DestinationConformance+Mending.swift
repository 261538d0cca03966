import MissionCore
import Ports
import TestSupport

// What `verify` and its `--repair` rely on.
extension DestinationConformance {
  private static let repeating = #"[{"id":"a","v":1.10},{"id":"b"},{"id":"a","v":2.10},{"w":[1, 2]}]"#

  /// Ids with half a character in them are as many rows as they are ids (PostgreSQL's jsonb refuses such ads).
  func tellsLoneSurrogatesApart() throws {
    guard keepsBytes else { return }
    let mission = Self.mission(14)
    let ids = [
      #"\ud800"#, #"\udc00"#, #"\ud801"#, #"\\ud800"#, #"\ufffd"#, #"#\ud800"#, #"#\\ud800"#, #"\\\ud800"#,
      #"\uD800"#,
    ]
    let json = "[" + ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"
    try expect(load(json, mission), LoadOutcome(rows: 8, repeatedIDs: 1, wasLoadedBefore: false))
    try expect(rows(mission).map(\.position), Array(1...8))
    try expect(difference(mission, json), nil)
  }

  /// Of content, ids, places and number, also where ids are repeated; the tokens count and not their spacing.
  func compares() throws {
    let mission = Self.mission(15)
    let key = "mission_id = '\(mission)'"
    let changes: [(sql: String, isFound: Bool)] = [
      ("UPDATE ads SET data = data WHERE \(key)", false),
      (#"UPDATE ads SET data = '{"id":"b","x":0}' WHERE \#(key) AND ad_id = 'b'"#, true),
      (#"UPDATE ads SET data = '{"id":"a","v":2.1}' WHERE \#(key) AND ad_id = 'a'"#, true),
      (#"UPDATE ads SET data = '{"id":"a","v":1.10}' WHERE \#(key) AND ad_id = 'a'"#, true),
      ("UPDATE ads SET position = 7 WHERE \(key) AND ad_id = 'b'", true),
      ("UPDATE ads SET position = 3 - position WHERE \(key)", true),
      ("UPDATE ads SET ad_id = 'c' WHERE \(key) AND ad_id = 'b'", true),
      ("DELETE FROM ads WHERE \(key) AND ad_id = 'b'", true),
      ("INSERT INTO ads (mission_id, ad_id, position, data) VALUES ('\(mission)', 'x', 9, '{}')", true),
      (#"UPDATE ads SET data = '{ "w" : [1,2] }' WHERE \#(key) AND position = 3"#, false),
    ]
    for (sql, isFound) in changes {
      _ = try mend(Self.repeating, mission)
      try expect(difference(mission, Self.repeating), nil)
      try change(sql)
      let found = try difference(mission, Self.repeating)
      guard (found != nil) == isFound else { throw BrokenRule(description: "\(sql): \(found ?? "nothing")") }
    }
    try expect(difference(Self.mission(97), "[]"), nil)
    try expect(difference(Self.mission(97), "[1]") == nil, false)
    let many = "[" + (0..<3000).map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"
    _ = try mend(many, mission)
    try expect(difference(mission, many), nil)
    try change("UPDATE ads SET data = '{}' WHERE \(key) AND position = 2999")
    try expect(difference(mission, many) == nil, false)
  }

  /// A load that replaces writes whatever the ledger says, and leaves the ledger as it is told.
  func mends() throws {
    let mission = Self.mission(12)
    _ = try load(Self.repeating, mission)
    let before = try (rows(mission), inspect([mission]))
    for sql in ["DELETE FROM ads", "UPDATE ads SET position = position + 1, data = '{}'"] {
      try change("\(sql) WHERE mission_id = '\(mission)' AND ad_id = 'a'")
      try expect(load(Self.repeating, mission).wasLoadedBefore, true)
      try expect(mend(Self.repeating, mission), LoadOutcome(rows: 3, repeatedIDs: 1, wasLoadedBefore: false))
      try expect(rows(mission), before.0)
      try expect(inspect([mission]), before.1)
    }
    // The same tokens in other spacing: rows that are right stay as they are.
    let spaced = #"[ {"id": "a", "v": 1.10}, {"id": "b"}, {"id": "a", "v": 2.10}, {"w": [1, 2]} ]"#
    try change("DELETE FROM ads WHERE mission_id = '\(mission)' AND ad_id = 'b'")
    _ = try mend(spaced, mission, sha256: before.1[0]?.ledger?.sha256)
    try expect(inspect([mission]), before.1)
    try expect(rows(mission).filter { $0.id != "b" }, before.0.filter { $0.id != "b" })
    try expect(difference(mission, Self.repeating), nil)
  }

  /// Afterwards the same bytes are loaded again; until then every row stays.
  func distrusts() throws {
    let mission = Self.mission(16)
    _ = try load("[1,2]", mission)
    let before = try rows(mission)
    let reply = Reply<Result<Void, DestinationError>>()
    destination.distrust([mission, Self.mission(98)]) { reply.give($0) }
    try reply.wait().get()
    try expect(rows(mission), before)
    try expect(inspect([Self.mission(98)]), [nil])
    try expect(load("[1,2]", mission), LoadOutcome(rows: 2, repeatedIDs: 0, wasLoadedBefore: false))
    try expect(load("[1,2]", mission).wasLoadedBefore, true)
  }
}
