import Foundation
import HTTP
import S3
import TestServers

/// A shared server's bucket as `S3Client` sees it, under a prefix of its own.
struct Bucket {
  let server: StoreServer
  let prefix = "test-\(UInt32.random(in: .min ... .max))/"
  let client: S3Client

  /// - Parameters:
  ///   - keys: whose; the owner's when nil.
  ///   - clockOffset: how far our clock is ahead of the server's.
  init(
    _ program: StoreServer.Program, keys: StoreServer.Keys? = nil, bucket: String? = nil,
    accessKey: String? = nil, secret: String? = nil,
    region: String? = nil, clockOffset: Duration = .zero
  ) throws {
    server = try SharedStores.server(program)
    let keys = keys ?? server.owner
    let offset = clockOffset.components.seconds * 1000
    client = try S3Client(
      http: try CurlClient(),
      configuration: S3Configuration(
        endpoint: server.endpoint, bucket: bucket ?? server.bucket, region: region ?? server.region,
        deadlines: HTTPDeadlines(connect: .seconds(10), total: .seconds(120), stalled: .seconds(60))),
      credentials: S3Credentials(
        accessKey: accessKey ?? keys.accessKey, secretKey: secret ?? keys.secretKey,
        sessionToken: keys.sessionToken),
      clock: { Int64(Date().timeIntervalSince1970 * 1000) + offset })
  }

  func put(
    _ key: String, _ payload: S3Payload, metadata: [(name: String, value: String)] = []
  ) async -> Result<S3Object, S3Error> {
    await withCheckedContinuation { continuation in
      client.put(
        key: prefix + key, payload: payload, contentType: "application/json", metadata: metadata
      ) { continuation.resume(returning: $0) }
    }
  }

  func get(_ key: String, _ receive: HTTPReceive = .memory(limit: 8 << 20)) async -> Result<S3Object, S3Error>
  {
    await withCheckedContinuation { continuation in
      client.get(key: prefix + key, receive: receive) { continuation.resume(returning: $0) }
    }
  }

  func head(_ key: String) async -> Result<S3Object, S3Error> {
    await withCheckedContinuation { continuation in
      client.head(key: prefix + key) { continuation.resume(returning: $0) }
    }
  }

  func delete(_ key: String) async -> Result<S3Object, S3Error> {
    await withCheckedContinuation { continuation in
      client.delete(key: prefix + key) { continuation.resume(returning: $0) }
    }
  }

  /// Every key under our prefix as our own client lists them, page by page.
  func listed(pageSize: Int) async throws -> [String] {
    var keys: [String] = []
    var token: String?
    repeat {
      let from = token
      let page = try await withCheckedContinuation { continuation in
        client.list(prefix: prefix, token: from, limit: pageSize) { continuation.resume(returning: $0) }
      }.get()
      keys += page.entries.map { String($0.key.dropFirst(prefix.count)) }
      token = page.next
    } while token != nil
    return keys
  }

  /// What boto3 finds under our prefix, which is left out of the keys.
  func found() throws -> [String: StoreServer.Object] {
    let ours = try server.objects(under: prefix)
    return Dictionary(uniqueKeysWithValues: ours.map { (String($0.key.dropFirst(prefix.count)), $0) })
  }
}

extension Result where Failure == S3Error {
  var error: S3Error? {
    if case .failure(let error) = self { return error }
    return nil
  }
}
