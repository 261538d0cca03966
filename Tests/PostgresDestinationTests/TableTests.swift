import DestinationSuite
import MissionCore
import Ports
import TestSupport
import Testing

@testable import PostgresDestination

extension Postgres {
  /// Tables that are not as we made them, and several who make them.
  @Suite struct Tables {
    private let mission = Site.mission

    @Test(
      "relations that Mission Control did not create are refused and not touched",
      arguments: ["TABLE missions (x int)", "VIEW ads AS SELECT 1 AS x"])
    func foreign(relation: String) throws {
      let site = try Site()
      try site.sql("CREATE \(relation)")
      let conformance = try site.conformance()
      let error = failure(of: conformance.answer("[]", mission))
      #expect(error?.code == .destinationDoesNotFit)
      #expect(error?.message.plain.contains("was not created by Mission Control") == true)
      let count =
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'"
      #expect(try site.sql(count) == ["1"])
      // In a schema of their own there is room.
      let beside = try site.conformance { $0.schema = "scraped" }
      #expect(try beside.load(#"[{"id":"a"}]"#, mission).rows == 1)
      for each in [conformance, beside] { each.destination.close() }
    }

    @Test("tables of a newer version are refused and not touched")
    func newerVersion() throws {
      let site = try Site()
      let first = try site.conformance()
      _ = try first.load("[]", mission)
      first.destination.close()
      try site.sql("INSERT INTO mission_control_schema VALUES (4)")
      let second = try site.conformance()
      let error = failure(of: second.answer(#"[{"id":"a"}]"#, mission))
      #expect(error?.code == .destinationDoesNotFit)
      #expect(error?.message.plain.contains("version 4") == true)
      #expect(try second.rows(mission).isEmpty)
      second.destination.close()
    }

    /// The tables as version 1 of the program made them, with one mission in them.
    private static let version1 = """
      CREATE TABLE mission_control_schema (version integer PRIMARY KEY);
      CREATE TABLE missions (
        mission_id uuid CONSTRAINT missions_pkey PRIMARY KEY, source text NOT NULL, date_start date NOT NULL,
        date_end date NOT NULL, media_type text NOT NULL, languages text NOT NULL, ads_count bigint NOT NULL,
        rows_count bigint NOT NULL, sha256 text NOT NULL, run_id text NOT NULL, loaded_at timestamptz NOT NULL
      );
      CREATE TABLE ads (
        mission_id uuid NOT NULL, ad_id text COLLATE "C" NOT NULL, position bigint NOT NULL, data jsonb NOT NULL,
        CONSTRAINT ads_pkey PRIMARY KEY (mission_id, ad_id)
      );
      INSERT INTO mission_control_schema VALUES (1);
      INSERT INTO missions VALUES ('b1e85fe5-dfd0-8190-939d-81ab86135696', 'default', '2025-01-01', '2025-01-01',
        'video', 'pt', 1, 1, 'aa', 'run-0', '2025-06-15T15:06:40Z');
      INSERT INTO ads VALUES ('b1e85fe5-dfd0-8190-939d-81ab86135696', 'a', 0, '{"id":"a"}');
      """

    @Test(
      "tables of version 1 keep their rows and get the ledger's further columns, also when several begin at once"
    )
    func fromVersion1() throws {
      let site = try Site()
      try site.sql(Self.version1)
      let both = try (0..<2).map { _ in try site.conformance() }
      let values = ParameterValues([
        ParameterValues.Entry(name: "conta", value: .integer(42)),
        ParameterValues.Entry(name: "q", value: .text("ação")),
      ])
      _ = try both[0].load(#"[{"id":"a"}]"#, mission, values)
      _ = try both[1].load("[]", DestinationConformance.mission(2))
      for each in both { each.destination.close() }
      let ledger =
        "SELECT parameters::text || table_name || kept_files FROM missions ORDER BY run_id, mission_id"
      #expect(try site.sql(ledger) == ["{}ads[]", #"{"q": "ação", "conta": 42}ads[]"#, "{}ads[]"])
      #expect(try site.sql("SELECT max(version), count(*) FROM mission_control_schema") == ["3|3"])
      #expect(try site.sql("SELECT count(*) FROM ads") == ["2"])
    }

    @Test(
      "without the right to alter tables of version 1 the statement to type is told, and nothing is touched")
    func withoutTheRight() throws {
      let site = try Site()
      try site.sql(Self.version1)
      try site.createRole("loader")
      try site.sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO loader")
      let conformance = try site.conformance { $0 = site.settings(user: "loader") }
      let error = failure(of: conformance.answer("[]", mission))
      #expect(error?.code == .destinationDoesNotFit)
      #expect(error?.advice?.plain.contains("ALTER TABLE \"public\".missions ADD COLUMN parameters") == true)
      #expect(try site.sql("SELECT max(version) FROM mission_control_schema") == ["1"])
      // What the message says, typed by the owner.
      let advice = try #require(error?.advice).plain
      try site.sql(String(advice[advice.range(of: "ALTER TABLE")!.lowerBound...]))
      #expect(try conformance.load(#"[{"id":"a"}]"#, mission).rows == 1)
      conformance.destination.close()
    }

    @Test(
      "tables that were altered are refused, naming the column; once mended the same destination works",
      arguments: [
        ("ALTER TABLE ads RENAME data TO body", "ads.data", "ALTER TABLE ads RENAME body TO data"),
        (
          "ALTER TABLE missions DROP COLUMN run_id", "missions.run_id",
          "ALTER TABLE missions ADD COLUMN run_id text NOT NULL DEFAULT ''"
        ),
        (
          "ALTER TABLE ads ALTER data TYPE text", "ads.data",
          "ALTER TABLE ads ALTER data TYPE jsonb USING data::jsonb"
        ),
        (
          "ALTER TABLE ads DROP CONSTRAINT ads_pkey", "ads.mission_id",
          "ALTER TABLE ads ADD CONSTRAINT ads_pkey PRIMARY KEY (mission_id, ad_id)"
        ),
      ])
    func altered(sql: String, column: String, mending: String) throws {
      let site = try Site()
      let first = try site.conformance()
      _ = try first.load("[]", mission)
      first.destination.close()
      try site.sql(sql)
      let second = try site.conformance()
      let error = failure(of: second.answer("[]", DestinationConformance.mission(2)))
      #expect(error?.code == .destinationDoesNotFit)
      #expect(error?.message.plain.contains(column) == true, "\(error!)")
      try site.sql(mending)
      #expect(try second.load(#"[{"id":"a"}]"#, mission).rows == 1)
      second.destination.close()
    }

    @Test(
      "a table of a source's name that Mission Control did not create is refused and not touched",
      arguments: ["TABLE documents (x int)", "VIEW documents AS SELECT 1 AS x", "SEQUENCE documents"])
    func foreignRecordTable(relation: String) throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load("[]", mission)
      try site.sql("CREATE \(relation)")
      let documents = TableName("documents")!
      let error = failure(of: conformance.answer(#"[{"id":"a"}]"#, mission, in: documents))
      #expect(error?.code == .destinationDoesNotFit)
      #expect(error?.message.plain.contains("documents was not created by Mission Control") == true)
      #expect(try conformance.load(#"[{"id":"a"}]"#, mission).rows == 1)
      for name in ["documents", "pg_class", "missions"] {
        try site.sql("UPDATE missions SET table_name = '\(name)'")
        #expect(failure(of: conformance.answer("[]", mission))?.code == .destinationDoesNotFit)
      }
      #expect(try site.sql("SELECT count(*) FROM ads") == ["1"])
      conformance.destination.close()
    }

    @Test("without the right to make a source's table the statements to type are told, and work")
    func recordTableWithoutTheRight() throws {
      let site = try Site()
      let owner = try site.conformance()
      _ = try owner.load("[]", mission)
      owner.destination.close()
      try site.createRole("table_loader")
      try site.sql(
        """
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO table_loader;
        REVOKE CREATE ON SCHEMA public FROM PUBLIC
        """)
      let conformance = try site.conformance { $0 = site.settings(user: "table_loader") }
      let documents = TableName("documents")!
      let error = failure(of: conformance.answer(#"[{"id":"a"}]"#, mission, in: documents))
      #expect(error?.code == .destinationDoesNotFit)
      let advice = try #require(error?.advice).plain
      try site.sql(String(advice[try #require(advice.range(of: "CREATE TABLE")).lowerBound...]))
      #expect(try conformance.answer(#"[{"id":"a"}]"#, mission, in: documents).get().rows == 1)
      conformance.destination.close()
    }

    @Test("many who need a source's table at once make it once, and all load")
    func recordTableAtOnce() throws {
      let site = try Site()
      let destinations = try (0..<4).map { _ in try PostgresDestination(site.settings()) }
      for destination in destinations { _ = try destination.checked().get() }
      let replies = (0..<24).map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
      for (index, reply) in replies.enumerated() {
        let request = DestinationConformance.request(
          #"[{"id":"a"}]"#, DestinationConformance.mission(UInt64(index)),
          table: RecordTable(name: TableName("documents")!))
        destinations[index % 4].load(request) { reply.give($0) }
      }
      for reply in replies { #expect(try reply.wait().get().rows == 1) }
      #expect(try site.sql("SELECT count(*) FROM documents") == ["24"])
      #expect(try site.sql("SELECT name FROM mission_control_tables ORDER BY 1") == ["ads", "documents"])
      for destination in destinations { destination.close() }
    }

    @Test("a table altered while it is in use fails the load and leaves nothing of it")
    func alteredInUse() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"old"}]"#, mission)
      try site.sql("ALTER TABLE ads ADD CONSTRAINT short CHECK (position < 2)")
      let failed = failure(of: conformance.answer(#"[{"id":"a"},{"id":"b"},{"id":"c"}]"#, mission))
      #expect(failed?.code == .destinationDoesNotFit)
      #expect(failed?.message.plain.hasPrefix("ad at position 2: ") == true, "\(failed!)")
      #expect(try conformance.rows(mission).map(\.id) == ["old"])
      try site.sql("ALTER TABLE ads RENAME data TO body")
      #expect(failure(of: conformance.answer(#"[{"id":"a"}]"#, mission))?.code == .destinationDoesNotFit)
      conformance.destination.close()
    }

    @Test("many who find an empty database at once make the tables once, and all load")
    func migratingAtOnce() throws {
      let site = try Site()
      let destinations = try (0..<6).map { _ in try PostgresDestination(site.settings()) }
      let replies = destinations.map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
      for (index, destination) in destinations.enumerated() {
        let request = DestinationConformance.request(
          #"[{"id":"a"}]"#, DestinationConformance.mission(UInt64(index)))
        destination.load(request) { replies[index].give($0) }
      }
      for reply in replies { #expect(try reply.wait().get().rows == 1) }
      #expect(try site.sql("SELECT max(version), count(*) FROM mission_control_schema") == ["3|3"])
      #expect(try site.sql("SELECT count(*) FROM ads") == ["6"])
      for destination in destinations { destination.close() }
    }

    @Test("of two who load different results of one mission at once, the rows of exactly one are left")
    func sameMissionAtOnce() throws {
      let site = try Site()
      let destinations = try (0..<2).map { _ in try PostgresDestination(site.settings()) }
      for destination in destinations { _ = try destination.checked().get() }
      let reading = try Reading(site)
      for round in 0..<10 {
        let mission = DestinationConformance.mission(UInt64(round))
        let replies = destinations.map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
        for (index, destination) in destinations.enumerated() {
          let ads = (0..<300).map { #"{"id":"\#(index)-\#($0)"}"# }.joined(separator: ",")
          destination.load(DestinationConformance.request("[\(ads)]", mission)) { replies[index].give($0) }
        }
        for reply in replies { #expect(try reply.wait().get().rows == 300) }
        let rows = try reading.rows(mission)
        #expect(rows.count == 300)
        #expect(Set(rows.map { $0.id.prefix(2) }).count == 1)
      }
      for destination in destinations { destination.close() }
    }
  }
}
