import DestinationSuite
import MissionCore
import Ports
import TestSupport
import Testing

@testable import PostgresDestination

extension Postgres {
  /// What is loaded, and where it goes.
  @Suite struct Loading {
    private let mission = Site.mission

    @Test("it keeps the rules of every destination")
    func conforms() throws {
      let conformance = try Site().conformance()
      try conformance.runAll()
      conformance.destination.close()
    }

    @Test("the ledger row tells what was loaded, in columns of their own types")
    func ledger() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"a"},{"id":"a"}]"#, mission)
      let row = try site.sql(
        """
        SET TIME ZONE 'UTC'; SELECT mission_id, source, date_start, date_end, media_type, languages, ads_count,
          rows_count, length(sha256), run_id, loaded_at FROM missions
        """)
      #expect(
        row == [
          "\(mission)|default|2024-10-04|2024-10-05|video|eng,pt|2|1|64|run-1|2025-06-15 15:06:40+00"
        ])
      #expect(try site.sql("SELECT data->>'id', pg_typeof(data) FROM ads") == ["a|jsonb"])
      conformance.destination.close()
    }

    @Test("numbers keep their scale and size, texts their characters")
    func values() throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load(
        #"[{"id":1,"price":1.10,"big":12345678901234567890.5,"t":"\u00e9\/€😀"}]"#, mission)
      let row = try site.sql("SELECT data->>'price', data->>'big', data->>'t' FROM ads")
      #expect(row == ["1.10|12345678901234567890.5|é/€😀"])
      conformance.destination.close()
    }

    @Test(
      "the schema is created when absent, whatever its name, and nothing goes elsewhere",
      arguments: [
        "scraped", "We\"ird; DROP",
      ])
    func schema(name: String) throws {
      let site = try Site()
      let conformance = try site.conformance { $0.schema = name }
      #expect(try conformance.load(#"[{"id":"a"}]"#, mission).rows == 1)
      #expect(try conformance.rows(mission).map(\.id) == ["a"])
      let tables = try site.sql("SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname !~ '^(pg_|info)'")
      #expect(tables == [name])
      conformance.destination.close()
    }

    @Test("what was loaded is there for the next destination")
    func reopened() throws {
      let site = try Site()
      let first = try site.conformance()
      _ = try first.load(#"[{"id":"a"}]"#, mission)
      first.destination.close()
      let second = try site.conformance()
      #expect(try second.load(#"[{"id":"a"}]"#, mission).wasLoadedBefore)
      second.destination.close()
    }

    @Test(
      "a value that PostgreSQL cannot hold fails its mission alone, with the ad's position",
      arguments: [
        #"{"id":"n","t":"\u0000"}"#, #"{"id":"a\u0000b"}"#, #"{"id":"s","t":"\ud800"}"#,
        #"{"id":"e","n":1e200000}"#,
      ])
    func unfitValue(ad: String) throws {
      let site = try Site()
      let conformance = try site.conformance()
      _ = try conformance.load(#"[{"id":"old"}]"#, mission)
      // Of the first three one is left, so the row's number is not its position.
      let json = #"[{"id":"x"},{"id":"x"},{"id":"x"},\#(ad),{"id":"y"}]"#
      let error = try #require(failure(of: conformance.answer(json, mission)))
      #expect(error.code == .destinationDoesNotFit)
      #expect(error.message.plain.hasPrefix("ad at position 3: "), "\(error)")
      #expect(!error.severity.isTransient)
      #expect(try conformance.rows(mission).map(\.id) == ["old"])
      #expect(try conformance.load(#"[{"id":"new"}]"#, mission).rows == 1)
      conformance.destination.close()
    }

    @Test("an id too long for the index does not fit")
    func longID() throws {
      let conformance = try Site().conformance()
      var random = SystemRandomNumberGenerator()
      let id = (0..<500).map { _ in String(random.next(), radix: 36) }.joined()
      let error = try #require(failure(of: conformance.answer(#"[{"id":"a"},{"id":"\#(id)"}]"#, mission)))
      #expect(error.code == .destinationDoesNotFit, "\(error)")
      #expect(!error.message.plain.contains(id.prefix(20)))
      #expect(try conformance.rows(mission).isEmpty)
      conformance.destination.close()
    }

    @Test("an ad larger than what is sent at once arrives whole")
    func largeAd() throws {
      let site = try Site()
      let conformance = try site.conformance()
      let text = String(repeating: "0123456789", count: 300_000)
      #expect(try conformance.load(#"[{"id":"a","t":"\#(text)"},{"id":"b"}]"#, mission).rows == 2)
      let found = try site.sql(
        "SELECT length(data->>'t'), md5(data->>'t') = md5(repeat('0123456789', 300000)) FROM ads WHERE ad_id = 'a'"
      )
      #expect(found == ["3000000|t"])
      conformance.destination.close()
    }

    @Test("what waits is answered before it closes")
    func closing() throws {
      let conformance = try Site().conformance()
      let replies = (0..<30).map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
      for (index, reply) in replies.enumerated() {
        let request = DestinationConformance.request(
          #"[{"id":"a"}]"#, DestinationConformance.mission(UInt64(index)))
        conformance.destination.load(request) { reply.give($0) }
      }
      conformance.destination.close()
      for reply in replies { #expect(try reply.wait().get().rows == 1) }
    }
  }
}
