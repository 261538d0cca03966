import Foundation
import TestServers
import Testing

extension EndToEnd {
  /// `check` before the first run.
  @Suite struct Check {
    private static let shape = Shape.object([
      "schema_version": .int, "passed": .bool,
      "checks": .array(
        .object([
          "name": .string, "passed": .bool, "seconds": .number, "message": .optional(.string),
          "advice": .optional(.string),
        ])),
    ])

    private func installation() async throws -> Installation {
      let site = try await Installation(Setup(proxies: 1))
      // The connection is all that is tried of a proxy.
      try site.configure("proxy1.invalid:8080", "127.0.0.1:\(site.control.port)")
      return site
    }

    private func failures(_ site: Installation) async throws -> [String: String] {
      let ended = try await site.run("check", "--output", "json")
      #expect(ended.way == .exit(1))
      let report = try JSON(text: ended.output)
      #expect(Self.shape.problems(report) == [])
      #expect(report["passed"].bool == false)
      let failed = report["checks"].elements.filter { $0["passed"].bool == false }
      return Dictionary(uniqueKeysWithValues: failed.map { ($0["name"].string!, $0["message"].string!) })
    }

    @Test("every part passes, with a line each; no mission, no row and no object is left behind")
    func allPass() async throws {
      let site = try await installation()
      let text = try await site.run("check")
      #expect(text.way == .exit(0), "\(text.output)")
      let names = [
        "configuration", "journal", "worker worker-1", "worker worker-2", "proxy 127.0.0.1", "destination",
        "store",
      ]
      for name in names { #expect(text.output.contains("✓ \(name)"), "\(text.output)") }
      let report = try await site.json("check")
      #expect(Self.shape.problems(report) == [])
      #expect(report["passed"].bool == true)
      #expect(site.objects == [])
      // Each puts its probe twice, to see whether the store keeps the first.
      #expect(try site.requests("PUT object") == 4)
      #expect(try site.requests("DELETE object") == 2)
      #expect(try site.requests("POST /session") == 0)
      #expect(try await site.json("list")["total"].int == 0)
      try site.addMissions(days: 1)
      #expect(try await site.run("run").way == .exit(0))
      try await site.expectInvariants()
    }

    @Test("a wrong secret, a wrong key, a worker that is down and a dead proxy each fail by name")
    func eachFails() async throws {
      let site = try await installation()
      site.environment["S3_SECRET"] = "canary-secret-key-but-wrong"
      #expect(try await failures(site)["store"]?.contains("ERROR401") == true)
      site.environment["S3_SECRET"] = "canary-secret-key"

      site.environment["WORKER_KEY_2"] = "canary-worker-wrong"
      let unauthorised = try await failures(site)
      #expect(unauthorised.keys.sorted() == ["worker worker-2"])
      #expect(unauthorised["worker worker-2"]?.contains("401") == true)
      site.environment["WORKER_KEY_2"] = "canary-worker-2"

      try site.configure("bucket: mission-audit", "bucket: no-such-bucket")
      #expect(try await failures(site)["store"]?.contains("ERROR402") == true)
      try site.configure("bucket: no-such-bucket", "bucket: mission-audit")

      // Nothing listens on port 1.
      try site.configure("/worker-1\n", "/worker-1\n    active: false\n")
      try site.configure(":\(site.control.port)/worker-2", ":1/worker-2")
      try site.configure("server: 127.0.0.1:\(site.control.port)", "server: 127.0.0.1:1")
      let refused = try await failures(site)
      #expect(refused.keys.sorted() == ["proxy 127.0.0.1:1", "worker worker-2"])
      try site.expectNoSecrets()
    }

    @Test("while a run is live the journal counts as good")
    func whileLive() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "25s"))
      try site.addMissions(days: 1)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      let check = try await site.run("check")
      #expect(check.way == .exit(0), "\(check.output)")
      run.signal(SIGTERM)
      #expect(try await site.end(run).way == .exit(75))
    }

    @Test("the simulator's worker keeps to the worker API")
    func contract() async throws {
      let site = try await installation()
      let tried = try await site.run("check", "--worker", "worker-1", "--conformance")
      #expect(tried.way == .exit(0), "\(tried.output) \(tried.errors)")
      #expect(tried.output.contains("✓ POST /scrape/{job_id}/cancel ends a job"), "\(tried.output)")
      #expect(try await site.run("check", "--worker", "nobody", "--conformance").way == .exit(64))
      #expect(try await site.run("check", "--conformance").way == .exit(64))
      try site.expectNoSecrets()
    }

    @Test("what an earlier run left on a worker is not ended by trying the worker")
    func contractBesideAJob() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "20s"))
      try site.addMissions(days: 1)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      #expect(try await site.run("check", "--worker", "worker-1", "--conformance").way == .exit(75))
      run.signal(SIGKILL)
      _ = try await site.end(run)
      let refused = try await site.run("check", "--worker", "worker-1", "--conformance")
      #expect(refused.way == .exit(75))
      #expect(refused.errors.contains("may still run on worker-1"), "\(refused.errors)")
    }

    @Test(
      "the OpenAPI files of the worker API and of the writer API are valid",
      .enabled(if: TextChecker.openAPI.isWanted, "\(TextChecker.openAPI.reason)"))
    func openAPI() throws {
      let repository = URL(fileURLWithPath: #filePath + "/../../..").standardizedFileURL
      let file = try String(
        contentsOf: repository.appendingPathComponent("examples/worker-api/openapi.yaml"), encoding: .utf8)
      #expect(try TextChecker.openAPI.problems(file) == "")
      #expect(try TextChecker.openAPI.problems("openapi: 3.1.0\n") != "", "a file that is wrong is told")
      let writer = try String(
        contentsOf: repository.appendingPathComponent("examples/writer-api/openapi.yaml"), encoding: .utf8)
      #expect(try TextChecker.openAPI.problems(writer) == "")
    }
  }
}
