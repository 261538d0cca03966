import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// How a section of `sources:` says that its missions are driven (SOURCES 1).
  @Suite struct SourceLimits {
    private func site(_ sources: String) async throws -> Installation {
      let site = try await Installation(Setup())
      try site.configure("version: 1\n", "version: 1\nsources:\n\(sources)\n")
      return site
    }

    private static let header = "date_start,date_end,media_type,languages,source\n"

    /// When each mission's start was journaled, in milliseconds.
    private func starts(_ site: Installation) async throws -> [Double] {
      var starts: [Double] = []
      let format = ISO8601DateFormatter()
      format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
      for mission in try await site.json("list")["missions"].elements {
        let events = try await site.json("show", mission["id"].string ?? "")["events"].elements
        for event in events where event["event"].string == "SCRAPE_STARTING" {
          let at = try #require(format.date(from: event["at"].string ?? ""))
          starts.append(at.timeIntervalSince1970 * 1000)
        }
      }
      return starts.sorted()
    }

    @Test("a pace holds over runs, is told, and costs no mission anything")
    func pace() async throws {
      let site = try await site("  default: {kind: worker, pace: 1/900ms}")
      for (name, days) in [("a", 1...2), ("b", 3...4)] as [(String, ClosedRange<Int>)] {
        let rows = days.map { "2025-01-0\($0),2025-01-0\($0),video,pt,\n" }.joined()
        try site.write(Self.header + rows, to: "missions/\(name).csv")
        let run = try await site.run("run")
        #expect(run.way == .exit(0), "\(run.errors)")
        #expect(run.errors.contains("default starts 1 mission in"), "\(run.errors)")
      }
      let starts = try await starts(site)
      #expect(starts.count == 4)
      for (one, next) in zip(starts, starts.dropFirst()) { #expect(next - one > 900, "\(starts)") }
    }

    @Test(
      "missions of a source that is not declared any more are told and left, and the run asks for a person")
    func undeclared() async throws {
      let site = try await site("  default: {kind: worker}\n  loja: {kind: worker}")
      try site.write(
        Self.header + "2025-01-01,2025-01-01,video,pt,\n2025-01-02,2025-01-02,video,pt,loja\n",
        to: "missions/a.csv")
      #expect(try await site.run("run", "--limit", "1").way == .exit(0))
      try site.configure("  loja: {kind: worker}\n", "")
      try site.write(Self.header + "2025-01-01,2025-01-01,video,pt,\n", to: "missions/a.csv")
      let run = try await site.run("run", "--unlisted")
      #expect(run.way == .exit(1), "\(run.errors)")
      #expect(run.errors.contains("1 mission is left: its source loja is not declared"), "\(run.errors)")
    }
  }
}
