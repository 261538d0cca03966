import Foundation
import TestServers
import Testing

extension EndToEnd {
  /// Workers and the store behind real certificates of a test authority, good and bad.
  @Suite struct TLS {
    /// A site whose worker and store are spoken to through TLS, each behind a front of its own.
    private final class Secured {
      let authority: TestAuthority
      let site: Installation
      let worker: TLSFront
      let store: TLSFront

      init(
        worker: TestAuthority.Condition = .valid, store: TestAuthority.Condition = .valid,
        workerVersion: TLSFront.Version = .tls13, storeVersion: TLSFront.Version = .tls13
      ) async throws {
        authority = try TestAuthority()
        site = try await Installation(Setup(workers: 1))
        self.worker = try TLSFront(
          authority.issue(worker), backend: site.control.port, version: workerVersion)
        self.store = try TLSFront(authority.issue(store), backend: site.storePort, version: storeVersion)
        try site.configure(
          "url: http://127.0.0.1:\(site.control.port)/worker-1",
          "url: https://localhost:\(self.worker.port)/worker-1")
        try site.configure(
          "endpoint: http://127.0.0.1:\(site.storePort)", "endpoint: https://localhost:\(self.store.port)")
        try trustStore()
        try site.addMissions(days: 2)
      }

      func trustWorker() throws {
        try site.configure(
          "api_key: ${WORKER_KEY_1}", "api_key: ${WORKER_KEY_1}\n    ca_file: \(authority.certificateFile)")
      }

      func trustStore() throws {
        try site.configure(
          "bucket: mission-audit", "bucket: mission-audit\n  ca_file: \(authority.certificateFile)")
      }

      func distrustStore() throws { try site.configure("\n  ca_file: \(authority.certificateFile)", "") }
    }

    /// What a failed line of `check` says, message and advice.
    private func failure(_ name: String, _ site: Installation) async throws -> String {
      let ended = try await site.run("check", "--output", "json")
      #expect(ended.way == .exit(1), "\(ended.output)")
      let failed = try JSON(text: ended.output)["checks"].elements.filter { $0["passed"].bool == false }
      #expect(failed.map { $0["name"].string } == [name])
      return "\(failed.first?["message"].string ?? "") → \(failed.first?["advice"].string ?? "")"
    }

    @Test("with the authority's file workers and store are accepted, and the whole job runs encrypted")
    func accepted() async throws {
      let secured = try await Secured()
      try secured.trustWorker()
      let site = secured.site
      // Whoever can set it could read along; nobody but the owner of the machine may decide that.
      let keys = site.temporary.path + "/tls-keys"
      site.environment["SSLKEYLOGFILE"] = keys
      #expect(try await site.run("check").way == .exit(0))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      try await site.expectInvariants()
      #expect(!FileManager.default.fileExists(atPath: keys), "the keys of the encryption are written down")
      // Without this the tests below would find nothing because nothing is recorded.
      #expect(try secured.worker.received().contains("X-API-Key: canary-worker-1"))
      #expect(
        try secured.store.received().contains("Authorization: AWS4-HMAC-SHA256 Credential=canary-access/"))
    }

    @Test(
      "a worker without a trusted, valid certificate for its name, or with old TLS, is ERROR502 and sees no byte",
      arguments: [
        (TestAuthority.Condition.valid, TLSFront.Version.tls13, false, "ca_file"),
        (.expired, .tls13, true, "expired"), (.otherHost, .tls13, true, "another host"),
        (.valid, .tls11, true, "TLS 1.2"),
      ])
    func worker(
      _ condition: TestAuthority.Condition, _ version: TLSFront.Version, _ isTrusted: Bool, _ advice: String
    ) async throws {
      let secured = try await Secured(worker: condition, workerVersion: version)
      if isTrusted { try secured.trustWorker() }
      let site = secured.site
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(
        try site.journal("SELECT DISTINCT error_code FROM mission_list WHERE status = 'FAILED'")
          == ["ERROR502"])
      #expect(try await failure("worker worker-1", site).contains(advice))
      #expect(try secured.worker.received() == "")
      #expect(try site.requests("POST /session") == 0)
      try site.expectNoSecrets()
    }

    @Test(
      "a store without a trusted, valid certificate for its name, or with old TLS, is ERROR400 and sees no byte",
      arguments: [
        (TestAuthority.Condition.valid, TLSFront.Version.tls13, false, "ca_file"),
        (.expired, .tls13, true, "expired"), (.otherHost, .tls13, true, "another host"),
        (.valid, .tls11, true, "TLS 1.2"),
      ])
    func store(
      _ condition: TestAuthority.Condition, _ version: TLSFront.Version, _ isTrusted: Bool, _ advice: String
    ) async throws {
      let secured = try await Secured(store: condition, storeVersion: version)
      if !isTrusted { try secured.distrustStore() }
      try secured.trustWorker()
      let site = secured.site
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)")
      #expect(
        try site.journal("SELECT DISTINCT status, checkpoint, error_code FROM mission_list") == [
          "FAILED|S3|ERROR400"
        ])
      #expect(try await failure("store", site).contains(advice))
      #expect(try secured.store.received() == "")
      #expect(site.objects == [])
      try site.expectNoSecrets()
    }
  }
}
