import Crypto
import Foundation
import TestServers
import Testing

extension EndToEnd {
  /// The whole main job with a store that others wrote: the objects are read back with boto3.
  @Suite struct RealStores {
    static let programs = StoreServer.Program.allCases.filter { $0.reasonToSkip == nil }
    /// Every character that is special somewhere between a configuration, a URL and a signature.
    private static let prefix = "scrapes of 50%/ünï+cödé=~/日本"

    private func installation(_ server: StoreServer, _ setup: Setup = Setup()) async throws -> Installation {
      let site = try await Installation(setup)
      try site.configure("endpoint: http://127.0.0.1:\(site.storePort)", "endpoint: \(server.endpoint)")
      // A prefix of its own: the servers are shared.
      try site.configure("prefix: scrapes", "prefix: \"\(Self.prefix)/\(UUID().uuidString)\"")
      try use(server.owner, site)
      return site
    }

    private func use(_ keys: StoreServer.Keys, _ site: Installation) throws {
      site.environment["S3_ACCESS"] = keys.accessKey
      site.environment["S3_SECRET"] = keys.secretKey
      site.secrets += [keys.secretKey] + (keys.sessionToken.map { [$0] } ?? [])
    }

    /// One object for each mission that is DONE, with the bytes of its scrape and its metadata, and no other.
    private func expectObjects(_ server: StoreServer, _ site: Installation) async throws {
      let list = try await site.json("list", "--status", "DONE", "--limit", "1000")["missions"].elements
      let prefix = try #require(list.first?["s3_key"].string).split(separator: "/").dropLast(2).joined(
        separator: "/")
      #expect(prefix.hasPrefix(Self.prefix))
      let objects = try server.objects(under: prefix)
      #expect(objects.map(\.key) == list.compactMap { $0["s3_key"].string }.sorted())
      for mission in list {
        let day = mission["date_start"].string!
        let object = try #require(objects.first { $0.key == mission["s3_key"].string })
        #expect(object.key == "\(prefix)/\(day)/\(mission["id"].string!).json")
        let bytes = try object.bytes()
        #expect(try bytes == Stringified.layout(site.ads(day: day)), "\(object.key)")
        #expect(object.contentType == "application/json")
        let expected = [
          "mission-id": mission["id"].string!, "date-start": day, "date-end": day, "media-type": "video",
          "languages": "pt", "ads-count": "\(mission["ads_count"].int!)", "sha256": mission["sha256"].string!,
          "body-sha256": SHA256.hexDigest(of: bytes),
        ]
        #expect(object.metadata.filter { $0.key != "run-id" } == expected)
        #expect(object.metadata["run-id"]?.isEmpty == false)
      }
    }

    @Test("check passes, the missions end as objects, and a second run changes nothing", arguments: programs)
    func mainJob(_ program: StoreServer.Program) async throws {
      let server = try SharedStores.server(program)
      let site = try await installation(server, Setup(ads: "0..60", seed: 5))
      try site.addMissions(days: 12)
      let check = try await site.run("check")
      #expect(check.way == .exit(0), "\(check.output)")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|12"])
      #expect(try site.journal("SELECT count(*) FROM mission_list WHERE ads_count = 0") != ["0"])
      #expect(try await site.run("run").way == .exit(0))
      try await expectObjects(server, site)
      try site.expectNoSecrets()
    }

    @Test("a result that is laid out anew while it is sent arrives whole", arguments: programs)
    func largeResult(_ program: StoreServer.Program) async throws {
      let server = try SharedStores.server(program)
      let site = try await installation(server, Setup(ads: "5000..5000", adSize: 1000))
      try site.addMissions(days: 1)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      try await expectObjects(server, site)
    }

    @Test(
      "a wrong secret and a missing bucket end with 69; mended, the missions go on at S3", arguments: programs
    )
    func mended(_ program: StoreServer.Program) async throws {
      let server = try SharedStores.server(program)
      let site = try await installation(server)
      try site.addMissions(days: 3)
      site.environment["S3_SECRET"] = "canary-secret-key-but-wrong"
      let refused = try await site.run("run")
      #expect(refused.way == .exit(69), "\(refused.errors)")
      #expect(refused.output.contains("ERROR401"), "\(refused.output)")
      try use(server.owner, site)

      #expect(try await site.run("retry", "--code", "ERROR4xx").way == .exit(0))
      try site.configure("bucket: mission-audit", "bucket: no-such-bucket")
      let missing = try await site.run("run")
      #expect(missing.way == .exit(69), "\(missing.errors)")
      #expect(missing.output.contains("ERROR402"), "\(missing.output)")
      try site.configure("bucket: no-such-bucket", "bucket: mission-audit")

      #expect(try await site.run("retry", "--code", "ERROR4xx").way == .exit(0))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|3"])
      #expect(try site.requests("POST /scrape") == 3)
      try await expectObjects(server, site)
      try site.expectNoSecrets()
    }

    @Test(
      "keys that may not write fail each mission with ERROR403", arguments: programs.filter { $0 != .rclone })
    func forbidden(_ program: StoreServer.Program) async throws {
      let server = try SharedStores.server(program)
      let site = try await installation(server)
      try site.addMissions(days: 2)
      try use(try #require(server.reader), site)
      let denied = try await site.run("run")
      #expect(denied.way == .exit(1), "\(denied.errors)")
      #expect(
        try site.journal("SELECT DISTINCT status, checkpoint, error_code FROM mission_list") == [
          "FAILED|S3|ERROR403"
        ])
      try site.expectNoSecrets()
    }

    @Test(
      "a clock that is 20 minutes ahead changes nothing",
      .enabled(if: FakeTime.isThere, "the package faketime is missing"), arguments: programs)
    func skewedClock(_ program: StoreServer.Program) async throws {
      let server = try SharedStores.server(program)
      let site = try await installation(server)
      try site.addMissions(days: 3)
      site.environment.merge(FakeTime.variables) { $1 }
      let run = try await site.end(
        try site.start(["-f", "+20m", Binaries.missionControl, "run"], program: FakeTime.program))
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|3"])
      try await expectObjects(server, site)
    }

    @Test(
      "temporary credentials of STS store the objects; a stale token is ERROR401",
      .enabled(if: programs.contains(.moto)))
    func temporaryCredentials() async throws {
      let server = try SharedStores.server(.moto)
      let site = try await installation(server)
      try site.addMissions(days: 2)
      try use(try #require(server.temporary), site)
      try site.configure("secret_key: ${S3_SECRET}", "secret_key: ${S3_SECRET}\n  session_token: ${S3_TOKEN}")
      site.environment["S3_TOKEN"] = "stale-session-token"
      let stale = try await site.run("run")
      #expect(stale.way == .exit(69), "\(stale.errors)")
      #expect(stale.output.contains("ERROR401"), "\(stale.output)")
      site.environment["S3_TOKEN"] = server.temporary?.sessionToken
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      try await expectObjects(server, site)
      try site.expectNoSecrets()
    }
  }
}
