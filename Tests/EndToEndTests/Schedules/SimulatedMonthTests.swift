import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `examples/jobs-system/` as it stands, over March 2026 on the clock of São Paulo.
  @Suite(
    .timeLimit(.minutes(8)),
    .enabled(if: FakeTime.isThere, "the package faketime is missing: Tests/servers.sh installs it"))
  struct SimulatedMonth {
    private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../examples/jobs-system/config.yaml").standardizedFileURL.path

    private func site() async throws -> Installation {
      let site = try await Installation()
      site.environment["JOBS_TOKEN"] = "canary-worker-jobs"
      site.environment["TZ"] = "UTC"
      site.environment.merge(FakeTime.variables) { $1 }
      let text = try TemporaryFolder.text(Self.example)
      try #require(text.contains("http://127.0.0.1:8600/api/admin") && text.contains("every: 1s"))
      try site.write(
        text.replacingOccurrences(of: "127.0.0.1:8600", with: "127.0.0.1:\(site.control.port)")
          .replacingOccurrences(of: "every: 1s", with: "every: 5ms"), to: "config.yaml")
      return site
    }

    /// `run --due` at a time of UTC.
    private func tick(_ site: Installation, _ day: Int, _ time: String) async throws -> Ended {
      let at = "2026-03-\(day < 10 ? "0" : "")\(day) \(time)"
      let words = FakeTime.arguments(at, ["run", "--due", "--no-progress"])
      let ended = try await site.end(try site.start(words, program: FakeTime.program))
      #expect(ended.way == .exit(0), "\(at): \(ended.errors)\(ended.output)")
      return ended
    }

    @Test("all four schedules make their missions of a month, each once, each with its own days")
    func month() async throws {
      let site = try await site()
      #expect(try await tick(site, 1, "00:00:30").output.isEmpty)
      for day in 1...31 {
        // 01:03, 02:03, 03:03 and 04:03 in São Paulo; nothing is due at noon.
        for time in ["04:03:00", "05:03:00", "06:03:00", "07:03:00", "15:00:00"] {
          let isSaturday = day % 7 == 0
          let isSunday = day % 7 == 1
          let isDue =
            time == "05:03:00" || time == "06:03:00" || (time == "04:03:00" && isSaturday)
            || (time == "07:03:00" && isSunday)
          // Of the idle ticks one a day is enough.
          guard isDue || time == "15:00:00" else { continue }
          let ended = try await tick(site, day, time)
          #expect(ended.output.isEmpty == !isDue, "\(day) \(time): \(ended.errors)")
        }
      }
      func slots(_ type: String) throws -> [String] {
        try site.destination(
          "SELECT json_extract(parameters, '$.slot') || ' ' || date_start || ' ' || date_end FROM missions "
            + "WHERE json_extract(parameters, '$.type') = '\(type)' ORDER BY 1")
      }
      func day(_ number: Int) -> String {
        number < 1 ? "2026-02-\(28 + number)" : "2026-03-\(number < 10 ? "0" : "")\(number)"
      }
      #expect(
        try slots("harvest") == (1...31).map { "\(day($0))T02:00 \(day($0 - 1)) \(day($0 - 1))" })
      for type in ["generate_embeddings", "generate_drops", "generate_questions"] {
        #expect(
          try slots(type) == (1...31).map { "\(day($0))T03:00 \(day($0 - 1)) \(day($0 - 1))" }, "\(type)")
      }
      #expect(
        try slots("update_stats") == [7, 14, 21, 28].map { "\(day($0))T01:00 \(day($0 - 7)) \(day($0 - 1))" })
      #expect(try slots("cleanup") == [1, 8, 15, 22, 29].map { "\(day($0))T04:00 \(day($0)) \(day($0))" })
      #expect(try site.statuses() == ["DONE|\(31 * 4 + 4 + 5)"])
      #expect(try site.jobsStarted() == 31 * 4 + 4 + 5)
      // One run for each hour at which something was due, none for the idle ticks.
      #expect(try site.journal("SELECT count(*) FROM runs") == ["\(31 * 2 + 4 + 5)"])
    }

    @Test("after two weeks without power a week is not left out, and the last night alone is made up")
    func powerCut() async throws {
      let site = try await site()
      _ = try await tick(site, 1, "00:00:30")
      _ = try await tick(site, 17, "12:00:00")
      func count(_ type: String) throws -> [String] {
        try site.destination(
          "SELECT count(*) FROM missions WHERE json_extract(parameters, '$.type') = '\(type)'")
      }
      #expect(try count("harvest") == ["1"])
      #expect(try count("generate_drops") == ["1"])
      #expect(try count("update_stats") == ["2"])
      #expect(try count("cleanup") == ["0"])
    }
  }
}
