import DestinationSuite
import Foundation
import MissionCore
import Ports
import TestServers
import TestSupport
import Testing
import Threads

@testable import PostgresDestination

extension Postgres {
  /// What goes wrong in the middle.
  @Suite struct Faults {
    private let mission = Site.mission
    private let ads = "[" + (0..<2000).map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]"

    /// Loads hang at their 1,000th ad.
    private static let hangs = """
      CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF NEW.position = 999 THEN PERFORM pg_sleep(600); END IF; RETURN NEW; END $$;
      CREATE TRIGGER hang BEFORE INSERT ON ads FOR EACH ROW EXECUTE FUNCTION hang();
      """
    private static let hanging = """
      SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY%' AND wait_event = 'PgSleep'
        AND datname = current_database()
      """

    private func start(_ json: String, _ conformance: DestinationConformance)
      -> Reply<Result<LoadOutcome, DestinationError>>
    {
      let reply = Reply<Result<LoadOutcome, DestinationError>>()
      conformance.destination.load(DestinationConformance.request(json, mission)) { reply.give($0) }
      return reply
    }

    @Test(
      "a crash in the middle of a load leaves nothing of it; it is ERROR302, and works once the server is back"
    )
    func crash() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load("[]", mission)
      try site.sql(Self.hangs)
      let reply = start(ads, conformance)
      #expect(try site.waits(for: Self.hanging))
      try site.server.stop("immediate")
      #expect(failure(of: reply.wait())?.code == .destinationTimedOut)
      // It has answered in this run, so it is expected to come back.
      #expect(failure(of: conformance.answer(ads, mission))?.code == .destinationTimedOut)
      try site.server.start()
      try site.sql("DROP TRIGGER hang ON ads")
      #expect(try Reading(site).rows(mission).isEmpty)
      #expect(try conformance.load(ads, mission).rows == 2000)
      #expect(try site.sql("SELECT count(*) FROM ads") == ["2000"])
      conformance.destination.close()
    }

    @Test("a connection that broke while it was idle is replaced without a word")
    func idle() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"a"}]"#, mission)
      let ended = try site.sql(
        """
        SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'mission-control' AND query = 'COMMIT'
        """)
      #expect(ended == ["t"])
      #expect(try conformance.load(#"[{"id":"b"}]"#, mission).rows == 1)
      conformance.destination.close()
    }

    @Test("a statement that takes longer than it may is ERROR302, and the server is rid of it")
    func statementTimeout() throws {
      let site = try Site()
      let conformance = try site.conformance { $0.statementTimeout = .milliseconds(500) }
      _ = try conformance.load("[]", mission)
      try site.sql(Self.hangs)
      let late = failure(of: conformance.answer(ads, mission))
      #expect(late?.code == .destinationTimedOut)
      #expect(late?.message.plain.contains("57014") == true, "\(late!)")
      #expect(try site.sql(Self.hanging) == [])
      #expect(try conformance.rows(mission).isEmpty)
      conformance.destination.close()
    }

    @Test("a server that vanishes without a word cannot hold a load")
    func vanished() throws {
      let site = try Site()
      let proxy = CuttingProxy(to: site.server.port)
      let destination = try PostgresDestination(through(proxy, site, statement: .milliseconds(500)))
      _ = try destination.checked().get()
      proxy.arm(at: "COPY ", .silence)
      let reply = Reply<Result<LoadOutcome, DestinationError>>()
      destination.load(DestinationConformance.request(ads, mission)) { reply.give($0) }
      let late = failure(of: reply.wait())
      #expect(late?.code == .destinationTimedOut)
      #expect(late?.message.plain.contains("execution.timeouts.statement") == true, "\(late!)")
      destination.close()
    }

    private func through(_ proxy: CuttingProxy, _ site: Site, statement: Duration = .seconds(60))
      -> PostgresSettings
    {
      var settings = site.settings()
      settings.connectionString = Secret(
        "postgresql://postgres:\(PostgresServer.superuserPassword)@127.0.0.1:\(proxy.port)/\(site.database)?sslmode=disable"
      )
      settings.statementTimeout = statement
      // What a test arms the proxy for happens on the connection that is there already.
      settings.connectionLimit = 1
      return settings
    }

    @Test(
      "when the connection is lost after COMMIT took effect, the ledger says so and nothing is loaded again")
    func committedAndLost() throws {
      let site = try Site()
      let preparing = try PostgresDestination(site.settings())
      _ = try preparing.checked().get()
      preparing.close()
      try site.sql(
        """
        CREATE TABLE loads (at timestamptz);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO public.loads VALUES (now()); RETURN NULL; END $$;
        CREATE TRIGGER note AFTER INSERT ON ads FOR EACH STATEMENT EXECUTE FUNCTION note()
        """)
      for cut in [CuttingProxy.Cut.after, .before] {
        try site.sql("TRUNCATE loads")
        let proxy = CuttingProxy(to: site.server.port)
        let destination = try PostgresDestination(through(proxy, site))
        // Logs in; what follows is on the same connection.
        _ = try destination.checked().get()
        proxy.arm(at: "COMMIT\0", cut)
        let mission = DestinationConformance.mission(cut == .after ? 21 : 22)
        let reply = Reply<Result<LoadOutcome, DestinationError>>()
        destination.load(DestinationConformance.request(ads, mission)) { reply.give($0) }
        let answer = reply.wait()
        #expect(!proxy.isArmed)
        let isThere = cut == .after
        #expect(try site.sql("SELECT count(*) FROM loads") == [isThere ? "1" : "0"])
        #expect(try Reading(site).rows(mission).count == (isThere ? 2000 : 0))
        if isThere {
          #expect(try answer.get() == LoadOutcome(rows: 2000, repeatedIDs: 0, wasLoadedBefore: false))
        } else {
          #expect(failure(of: answer)?.code == .destinationTimedOut)
          #expect(failure(of: answer)?.message.plain.contains("after COMMIT was sent") == true)
        }
        let again = Reply<Result<LoadOutcome, DestinationError>>()
        destination.load(DestinationConformance.request(ads, mission)) { again.give($0) }
        #expect(try again.wait().get().wasLoadedBefore == isThere)
        #expect(try Reading(site).rows(mission).count == 2000)
        destination.close()
      }
    }

    @Test("the victim of a deadlock is told to try again, and can")
    func deadlock() throws {
      let site = try Site()
      // Whoever waits for a lock looks for a deadlock after this long, and gives up when there is one.
      try site.sql("ALTER DATABASE \(site.database) SET deadlock_timeout = '2s'")
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"old"}]"#, mission)
      let other = try LibpqConnection(
        Libpq(), parameters: site.settings().parameters, deadline: .now + .seconds(60))
      // The other one never looks for it.
      for statement in ["SET deadlock_timeout = '10min'", "BEGIN", "SELECT FROM ads FOR UPDATE"] {
        try other.run(statement, deadline: .now + .seconds(60))
      }
      let reply = start(ads, conformance)
      #expect(
        try site.waits(
          for: "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE%'"))
      try other.run("UPDATE missions SET run_id = run_id", deadline: .now + .seconds(60))
      let victim = failure(of: reply.wait())
      #expect(victim?.code == .destinationOther)
      #expect(victim?.severity == .transient())
      #expect(victim?.message.plain.contains("40P01") == true)
      try other.run("ROLLBACK", deadline: .now + .seconds(60))
      #expect(try conformance.load(ads, mission).rows == 2000)
      conformance.destination.close()
    }

    @Test("a serialization failure is told to try again, and can")
    func serialization() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load("[]", mission)
      try site.sql(
        """
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END $$;
        CREATE TRIGGER fail BEFORE INSERT ON ads FOR EACH STATEMENT EXECUTE FUNCTION fail()
        """)
      let failed = failure(of: conformance.answer(ads, mission))
      #expect(failed?.code == .destinationOther)
      #expect(failed?.severity == .transient())
      try site.sql("DROP TRIGGER fail ON ads")
      #expect(try conformance.load(ads, mission).rows == 2000)
      conformance.destination.close()
    }

    @Test(
      "a full disk is ERROR300, nothing of the load is left, and once there is room it goes on",
      .enabled(if: SmallDisk.isPossible, "no small disk can be mounted: that needs root"))
    func diskFull() throws {
      let site = try Site()
      let disk = try #require(SmallDisk(owner: "postgres"))
      try site.sql("CREATE TABLESPACE \(site.database) LOCATION '\(disk.path)'")
      try site.sql("ALTER DATABASE \(site.database) SET default_tablespace = \(site.database)")
      // Otherwise the server would miss the files at its next checkpoint.
      defer {
        _ = try? site.server.sql("DROP DATABASE \(site.database) WITH (FORCE)")
        withExtendedLifetime(disk) { _ = try? site.server.sql("DROP TABLESPACE \(site.database)") }
      }
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"old"}]"#, mission)
      try site.sql("CREATE TABLE ballast AS SELECT repeat('x', 800) AS x FROM generate_series(1, 2000)")
      let text = String(repeating: "x", count: 1000)
      let big = "[" + (0..<20_000).map { #"{"id":\#($0),"t":"\#(text)"}"# }.joined(separator: ",") + "]"
      let full = failure(of: conformance.answer(big, mission))
      #expect(full?.code == .destinationOther)
      #expect(full?.message.plain.contains("53100") == true, "\(full!)")
      #expect(full?.severity.isTransient == false)
      #expect(try conformance.rows(mission).map(\.id) == ["old"])
      try site.sql("DROP TABLE ballast")
      #expect(try conformance.load(#"[{"id":"small"}]"#, mission).rows == 1)
      conformance.destination.close()
    }
  }
}
