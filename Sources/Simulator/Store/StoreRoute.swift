/// The bucket, key and kind that a request to the store means.
struct StoreRoute {
  let bucket: String
  /// Decoded; empty for requests about the bucket.
  let key: [UInt8]
  let kind: RequestKind

  /// Path-style, or virtual-host style when the host begins with a bucket's name.
  init(_ head: RequestHead, knownBucket: String) throws(StoreError) {
    guard let path = PercentCoding.decode(head.path.dropFirst()) else { throw StoreError("InvalidURI") }
    if let bucket = Self.bucket(inHost: head.value(of: "host") ?? "", knownBucket: knownBucket) {
      self.bucket = bucket
      key = path
    } else {
      let slash = path.firstIndex(of: 47) ?? path.count
      bucket = String(decoding: path[..<slash], as: UTF8.self)
      key = Array(path[min(slash + 1, path.count)...])
    }
    kind = Self.kind(head.method, isObject: !key.isEmpty)
  }

  /// `mission-audit.localhost:8601` means the bucket `mission-audit`.
  private static func bucket(inHost host: String, knownBucket: String) -> String? {
    let name = host.prefix { $0 != ":" }
    if name.hasPrefix(knownBucket + ".") { return knownBucket }
    for suffix in [".localhost", ".127.0.0.1"] where name.hasSuffix(suffix) {
      return String(name.dropLast(suffix.count))
    }
    return nil
  }

  private static func kind(_ method: String, isObject: Bool) -> RequestKind {
    switch (method, isObject) {
    case ("PUT", true): return .putObject
    case ("GET", true): return .getObject
    case ("HEAD", true): return .headObject
    case ("DELETE", true): return .deleteObject
    case ("GET", false): return .listBucket
    case ("HEAD", false): return .headBucket
    default: return .unknown
    }
  }
}
