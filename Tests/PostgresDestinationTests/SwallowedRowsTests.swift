import DestinationSuite
import MissionCore
import Ports
import TestSupport
import Testing

@testable import PostgresDestination

extension Postgres {
  /// A database in which somebody else's triggers and indexes change what is written.
  @Suite struct SwallowedRows {
    private let mission = Site.mission
    private let other = DestinationConformance.mission(2)
    private static let ads = #"[{"id":"a","v":1},{"id":"b"},{"id":"a","v":2.10},{"id":"c"}]"#
    private static let everything =
      "SELECT ads::text FROM ads UNION ALL SELECT missions::text FROM missions ORDER BY 1"

    private static func trigger(_ on: String, _ body: String, kind: String = "TRIGGER") -> String {
      """
      CREATE FUNCTION theirs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(body); END $$;
      CREATE \(kind) theirs \(on) FOR EACH ROW EXECUTE FUNCTION theirs()
      """
    }

    private static let changes = [
      "CREATE UNIQUE INDEX theirs ON ads (ad_id)",
      "CREATE UNIQUE INDEX theirs ON missions (date_start)",
      trigger("BEFORE INSERT ON ads", "RETURN NULL"),
      trigger("BEFORE INSERT ON ads", "RETURN CASE WHEN NEW.ad_id = 'c' THEN NULL ELSE NEW END"),
      trigger("BEFORE INSERT ON missions", "RETURN NULL"),
      trigger("BEFORE INSERT ON missions", "NEW.sha256 = 'x'; RETURN NEW"),
      trigger("BEFORE INSERT ON ads", "NEW.data = '{}'; RETURN NEW"),
      trigger(
        "BEFORE INSERT ON ads",
        "NEW.mission_id = '00000000-0000-8000-8000-000000000000'; RETURN NEW"),
      trigger("AFTER INSERT ON ads", "DELETE FROM ads WHERE ad_id = NEW.ad_id; RETURN NULL"),
      trigger(
        "AFTER INSERT ON ads",
        "DELETE FROM ads WHERE ad_id = NEW.ad_id AND mission_id <> NEW.mission_id; RETURN NULL"),
      trigger(
        "AFTER INSERT ON ads DEFERRABLE INITIALLY DEFERRED",
        "DELETE FROM ads WHERE mission_id = NEW.mission_id; RETURN NULL", kind: "CONSTRAINT TRIGGER"),
    ]

    @Test(
      "rows that the database swallows, alters or takes from others are ERROR303, and everything stays as it was",
      arguments: changes)
    func swallowed(sql: String) throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"a"},{"id":"other"}]"#, other)
      try conformance.change(sql)
      let before = try site.sql(Self.everything)
      let answer = conformance.answer(Self.ads, mission)
      #expect(failure(of: answer)?.code == .destinationDoesNotFit, "\(answer)")
      #expect(try site.sql(Self.everything) == before)
      conformance.destination.close()
    }

    @Test("a new result whose ledger row the database does not take is no success, and the old one stays")
    func ledger() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"old"}]"#, mission)
      try conformance.change(Self.trigger("BEFORE UPDATE ON missions", "RETURN NULL"))
      let before = try site.sql(Self.everything)
      let answer = conformance.answer(Self.ads, mission)
      #expect(failure(of: answer)?.code == .destinationDoesNotFit, "\(answer)")
      #expect(try site.sql(Self.everything) == before)
      #expect(try conformance.load(#"[{"id":"old"}]"#, mission).wasLoadedBefore)
      conformance.destination.close()
    }

    @Test("`check` reads back what it wrote")
    func probe() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load("[]", mission)
      try conformance.change(Self.trigger("BEFORE INSERT ON ads", "RETURN NULL"))
      let reply = Reply<Result<Message, DestinationError>>()
      conformance.destination.check([.ads]) { reply.give($0) }
      let error = failure(of: reply.wait())
      #expect(error?.code == .destinationDoesNotFit)
      #expect(error?.advice?.plain.contains("triggers") == true)
      conformance.destination.close()
    }

    @Test("triggers that keep books of their own are nobody's fault, however many loads follow each other")
    func harmless() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load("[]", mission)
      try conformance.change(
        "CREATE TABLE books (id text); "
          + Self.trigger("AFTER INSERT ON ads", "INSERT INTO books VALUES (NEW.ad_id); RETURN NULL"))
      for number in 0..<20 {
        #expect(try conformance.load(#"[{"id":"a","v":\#(number)},{"id":"b"}]"#, mission).rows == 2)
      }
      #expect(try site.sql("SELECT count(*) FROM books") == ["40"])
      conformance.destination.close()
    }
  }
}
