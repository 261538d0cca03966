import DestinationSuite
import MissionCore
import Ports
import SQLite
import SQLiteDestination
import TestSupport
import Testing

/// A SQLite file in which somebody else's triggers and indexes change what is written.
@Suite(.timeLimit(.minutes(5)))
struct SwallowedRowsTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/ads.sqlite" }
  private let mission = DestinationConformance.mission(1)
  private let other = DestinationConformance.mission(2)
  private static let ads = #"[{"id":"a","v":1},{"id":"b"},{"id":"A"},{"id":"a","v":2},{"id":"c"}]"#

  private func rows(_ connection: SQLiteConnection) throws -> [String] {
    let statement = try connection.prepare(
      "SELECT mission_id || ad_id || position || data FROM ads UNION ALL SELECT mission_id || sha256 FROM missions"
    )
    var rows: [String] = []
    while try statement.step() { rows.append(statement.text(0) ?? "") }
    return rows.sorted()
  }

  private func conformance() throws -> DestinationConformance {
    let path = path
    return DestinationConformance(
      destination: try SQLiteDestination(path: path, busyTimeout: .zero, statementTimeout: .seconds(60)),
      rows: { _, _ in [] }, keepsBytes: true,
      change: { try SQLiteConnection(path: path, mode: .readWrite).execute($0) })
  }

  /// `on`: what the trigger does with each row of `ads`.
  private static func trigger(_ on: String, _ body: String) -> String {
    "CREATE TRIGGER theirs \(on) BEGIN \(body); END"
  }

  /// Makes `ads` anew with another definition of `ad_id` and a clause of its own.
  private static func anew(_ id: String, _ clause: String) -> String {
    """
    CREATE TABLE copy AS SELECT * FROM ads; DROP TABLE ads;
    CREATE TABLE ads (mission_id TEXT NOT NULL, ad_id TEXT NOT NULL \(id), position INTEGER NOT NULL,
      data TEXT NOT NULL, PRIMARY KEY (mission_id, ad_id) \(clause)) STRICT;
    INSERT INTO ads SELECT * FROM copy; DROP TABLE copy
    """
  }

  private static let changes = [
    "CREATE UNIQUE INDEX theirs ON ads (ad_id)",
    "CREATE UNIQUE INDEX theirs ON missions (date_start)",
    trigger("BEFORE INSERT ON ads", "SELECT raise(IGNORE)"),
    trigger("BEFORE INSERT ON ads WHEN NEW.ad_id = 'c'", "SELECT raise(IGNORE)"),
    trigger("BEFORE UPDATE ON ads", "SELECT raise(IGNORE)"),
    trigger("BEFORE INSERT ON missions", "SELECT raise(IGNORE)"),
    trigger("AFTER INSERT ON missions", "DELETE FROM ads WHERE mission_id = NEW.mission_id"),
    trigger("AFTER INSERT ON missions", "UPDATE missions SET sha256 = 'x' WHERE mission_id = NEW.mission_id"),
    trigger("AFTER INSERT ON ads WHEN NEW.ad_id = 'b'", "DELETE FROM ads WHERE rowid = NEW.rowid"),
    trigger("AFTER INSERT ON ads", "UPDATE ads SET data = '{}' WHERE rowid = NEW.rowid"),
    trigger("AFTER INSERT ON ads", "UPDATE ads SET position = position + 1 WHERE rowid = NEW.rowid"),
    trigger("AFTER INSERT ON ads", "UPDATE ads SET ad_id = 'x' || ad_id WHERE rowid = NEW.rowid"),
    trigger("AFTER INSERT ON ads", "UPDATE ads SET mission_id = 'x' WHERE rowid = NEW.rowid"),
    trigger(
      "AFTER INSERT ON ads", "DELETE FROM ads WHERE ad_id = NEW.ad_id AND mission_id <> NEW.mission_id"),
    trigger(
      "AFTER INSERT ON ads WHEN NEW.mission_id <> 'x'",
      "INSERT INTO ads VALUES ('x', NEW.mission_id || NEW.ad_id, 0, '{}')"),
    trigger("AFTER INSERT ON missions", "DELETE FROM missions WHERE mission_id <> NEW.mission_id"),
    anew("COLLATE NOCASE", ""), anew("UNIQUE ON CONFLICT REPLACE", ""), anew("", "ON CONFLICT REPLACE"),
  ]

  @Test(
    "rows that the database swallows, alters or takes from others are ERROR303, and everything stays as it was",
    arguments: changes)
  func swallowed(sql: String) throws {
    let first = try conformance()
    _ = try first.load(#"[{"id":"a"},{"id":"other"}]"#, other)
    first.destination.close()
    let outside = try SQLiteConnection(path: path, mode: .readWrite)
    try outside.execute(sql)
    let before = try rows(outside)
    let conformance = try conformance()
    let answer = conformance.answer(Self.ads, mission)
    guard case .failure(let error) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(error.code == .destinationDoesNotFit, "\(error)")
    #expect(try rows(outside) == before)
    conformance.destination.close()
  }

  @Test("old rows that a trigger keeps from being removed are ERROR303, and stay")
  func undeleted() throws {
    let conformance = try conformance()
    _ = try conformance.load(Self.ads, mission)
    try conformance.change(Self.trigger("BEFORE DELETE ON ads", "SELECT raise(IGNORE)"))
    let outside = try SQLiteConnection(path: path, mode: .readWrite)
    let before = try rows(outside)
    guard case .failure(let error) = conformance.answer(#"[{"id":"new"}]"#, mission) else {
      Issue.record("no error")
      return
    }
    #expect(error.message.plain.contains("5 rows of the mission are in ads, 1 were loaded"), "\(error)")
    #expect(try rows(outside) == before)
    conformance.destination.close()
  }

  @Test("`check` reads back what it wrote", arguments: ["ads", "missions"])
  func probe(table: String) throws {
    let conformance = try conformance()
    _ = try conformance.load("[]", mission)
    try conformance.change(Self.trigger("BEFORE INSERT ON \(table)", "SELECT raise(IGNORE)"))
    let reply = Reply<Result<Message, DestinationError>>()
    conformance.destination.check([.ads]) { reply.give($0) }
    guard case .failure(let error) = reply.wait() else {
      Issue.record("check passed")
      return
    }
    #expect(error.code == .destinationDoesNotFit)
    #expect(error.advice?.plain.contains("triggers") == true)
    conformance.destination.close()
  }

  @Test("triggers that keep books of their own are nobody's fault")
  func harmless() throws {
    let conformance = try conformance()
    _ = try conformance.load("[]", mission)
    try conformance.change(
      "CREATE TABLE books (n); \(Self.trigger("AFTER INSERT ON ads", "INSERT OR REPLACE INTO books VALUES (NEW.ad_id)"))"
    )
    #expect(try conformance.load(Self.ads, mission).rows == 4)
    #expect(try conformance.load(#"[{"id":"new"}]"#, mission).rows == 1)
    let outside = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(try outside.integer("SELECT count(*) FROM books") == 5)
    conformance.destination.close()
  }
}
