import HTTP
import S3
import S3Store
import StoreSuite
import TestServers
import Testing

extension StoreInterop {
  /// The suite of all stores, against servers that others wrote.
  @Suite struct Conformance {
    @Test("S3Store does what every store must", arguments: programs)
    func conformance(_ program: StoreServer.Program) async throws {
      let bucket = try Bucket(program)
      let prefix = String(bucket.prefix.dropLast())
      let owner = S3Credentials(
        accessKey: bucket.server.owner.accessKey, secretKey: bucket.server.owner.secretKey,
        sessionToken: bucket.server.owner.sessionToken)
      let store = try S3Store(client: bucket.client, prefix: prefix, credentials: { owner })
      let checked = await withCheckedContinuation { continuation in
        store.check { continuation.resume(returning: $0) }
      }
      let keepsCreateOnly = try !checked.get().deeds.plain.contains("does not keep create-only")
      try await AuditStoreConformance(
        store: store,
        stored: { key in try bucket.server.objects(under: key).first { $0.key == key }?.bytes() },
        keys: { try bucket.server.objects(under: bucket.prefix).map(\.key) },
        keepsCreateOnly: keepsCreateOnly
      ).run()
    }
  }
}
