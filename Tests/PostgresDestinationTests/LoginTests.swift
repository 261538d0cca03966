import DestinationSuite
import MissionCore
import Ports
import TestServers
import TestSupport
import Testing

@testable import PostgresDestination

extension Postgres {
  /// Who is let in, and how it is told when nobody is.
  @Suite struct Logins {
    private let mission = Site.mission

    private func refusal(_ settings: PostgresSettings) throws -> DestinationError {
      let destination = try PostgresDestination(settings)
      defer { destination.close() }
      let refused = try #require(failure(of: destination.checked()))
      #expect(!"\(refused) \(refused.advice ?? "")".contains("canary"), "\(refused)")
      return refused
    }

    @Test("a wrong password is refused for the whole run, without showing it")
    func wrongPassword() throws {
      let site = try Site()
      var settings = site.settings()
      settings.connectionString = Secret(site.server.url(site.database, password: "canary-wrong"))
      let refused = try refusal(settings)
      #expect(refused.code == .destinationRefused)
      #expect(refused.severity == .fatal)
      #expect(refused.message.plain.contains("28P01"))
      #expect(refused.advice?.plain.contains("password") == true)
    }

    @Test("a missing database is refused for the whole run")
    func missingDatabase() throws {
      let site = try Site()
      var settings = site.settings()
      settings.connectionString = Secret(site.server.url("not_there"))
      let refused = try refusal(settings)
      #expect(refused.code == .destinationRefused)
      #expect(refused.message.plain.contains("3D000"))
      #expect(refused.advice?.plain.contains("createdb") == true)
    }

    @Test("a user who may not create tables is refused, until he may or somebody else has made them")
    func privileges() throws {
      let site = try Site()
      try site.createRole("reader_\(site.database)")
      try site.sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
      let settings = site.settings(user: "reader_\(site.database)")
      let refused = try refusal(settings)
      #expect(refused.code == .destinationRefused)
      #expect(refused.message.plain.contains("42501"))
      #expect(refused.advice?.plain.contains("GRANT") == true)

      let owner = try site.conformance()
      _ = try owner.load("[]", mission)
      owner.destination.close()
      #expect(try refusal(settings).message.plain.contains("42501"))
      try site.sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO reader_\(site.database)")
      let reader = try PostgresDestination(settings)
      #expect(try reader.checked().get().plain.hasPrefix("PostgreSQL "))
      reader.close()
    }

    @Test("with fewer connections than threads the work is done by those there are")
    func connectionLimit() throws {
      let site = try Site()
      try site.createRole("few_\(site.database)", "CONNECTION LIMIT 2")
      try site.sql("GRANT ALL ON SCHEMA public TO few_\(site.database)")
      let destination = try PostgresDestination(site.settings(user: "few_\(site.database)"))
      _ = try destination.checked().get()
      let replies = (0..<40).map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
      for (index, reply) in replies.enumerated() {
        let request = DestinationConformance.request(
          #"[{"id":"a"}]"#, DestinationConformance.mission(UInt64(index)))
        destination.load(request) { reply.give($0) }
      }
      for reply in replies { #expect(try reply.wait().get().rows == 1) }
      destination.close()
    }

    @Test("nobody at the port is refused; a peer that says nothing is given up in time")
    func unreachable() throws {
      let site = try Site()
      var settings = site.settings()
      settings.connectionString = Secret("postgresql://me:canary@127.0.0.1:\(FreePort.next())/d")
      #expect(try refusal(settings).code == .destinationRefused)
      let silent = SilentListener()
      settings.connectionString = Secret("postgresql://me:canary@127.0.0.1:\(silent.port)/d")
      settings.connectTimeout = .milliseconds(300)
      let late = try refusal(settings)
      #expect(late.code == .destinationTimedOut)
      #expect(late.message.plain.contains("execution.timeouts.connect"))
    }

    @Test("TLS as libpq has it: the authority's file lets the good certificate in and no other")
    func tls() throws {
      let site = try Site()
      let authority = try TestAuthority()
      try site.server.use(authority.issue(.valid))
      let strict = "sslmode=verify-full&sslrootcert=\(authority.certificateFile)"
      let trusted = try PostgresDestination(site.settings(options: strict))
      #expect(try trusted.checked().get().plain.contains("TLSv1."))
      trusted.close()
      // `ca_file` alone asks for the same.
      var settings = site.settings()
      settings.caFile = authority.certificateFile
      let byFile = try PostgresDestination(settings)
      #expect(try byFile.checked().get().plain.contains("TLSv1."))
      byFile.close()

      let stranger = try TestAuthority(name: "another")
      settings.caFile = stranger.certificateFile
      let untrusted = try withExtendedLifetime(stranger) { try refusal(settings) }
      #expect(untrusted.code == .destinationRefused)
      #expect(untrusted.message.plain.contains("certificate verify failed"), "\(untrusted)")
      #expect(untrusted.advice?.plain.contains("sslrootcert") == true)

      settings.caFile = authority.certificateFile
      for (condition, words) in [
        (TestAuthority.Condition.expired, "certificate verify failed"), (.otherHost, "127.0.0.1"),
      ] {
        try site.server.use(authority.issue(condition))
        let refused = try refusal(settings)
        #expect(refused.code == .destinationRefused)
        #expect(refused.message.plain.contains(words), "\(refused)")
      }
      try site.server.use(authority.issue(.valid))
    }
  }
}
