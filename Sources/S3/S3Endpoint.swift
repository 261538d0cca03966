import URI

/// Where a bucket is reached: the parts that URLs and signatures are made of.
struct S3Endpoint: Hashable, Sendable {
  /// `https` or `http`.
  let scheme: String
  /// As the `Host` field says it: lower case, with the port unless it is the scheme's own.
  let host: String
  /// Encoded path before the key: the endpoint's own path, and the bucket with path addressing; ends in `/`.
  let basePath: String
  /// As it is signed.
  let region: String

  init(_ configuration: S3Configuration) throws(S3Error) {
    let isAWS = configuration.endpoint == nil
    region = isAWS && configuration.region == "auto" ? "us-east-1" : configuration.region
    let text = configuration.endpoint ?? Self.amazon(region)
    guard let parts = Self.parts(text) else {
      throw .configuration("the endpoint must be https://host[:port][/path], got \(text)")
    }
    guard parts.scheme == "https" || configuration.allowPlain || Self.isLoopback(parts.host) else {
      throw .configuration("the endpoint is plain http to \(parts.host): use https or set allow_plain_http")
    }
    guard !configuration.bucket.isEmpty, !configuration.bucket.contains("/") else {
      throw .configuration("the bucket's name must not be empty or hold a slash")
    }
    scheme = parts.scheme
    let bucket = PercentEncoding.encode(configuration.bucket)
    let path = parts.path.isEmpty ? "" : "/" + parts.path
    switch configuration.addressing {
    case .path:
      host = parts.host
      basePath = "\(path)/\(bucket)/"
    case .virtual:
      host = "\(configuration.bucket.lowercased()).\(parts.host)"
      basePath = "\(path)/"
    }
  }

  func path(of key: String) -> String { basePath + PercentEncoding.encode(key, keeping: "/") }

  func url(path: String) -> String { "\(scheme)://\(host)\(path)" }

  private static func amazon(_ region: String) -> String {
    "https://s3.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
  }

  private static func parts(_ text: String) -> (scheme: String, host: String, path: String)? {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    let scheme = text[..<colon].lowercased()
    let rest = text[text.index(colon, offsetBy: 3)...]
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    var host = rest[..<end].lowercased()
    let path = rest[end...].split(separator: "/").joined(separator: "/")
    let isPlainText = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard scheme == "https" || scheme == "http", !host.isEmpty, isPlainText,
      !rest.contains(where: { $0 == "?" || $0 == "#" || $0 == "@" })
    else { return nil }
    // libcurl leaves a scheme's own port out of the Host field, which is signed.
    let ownPort = scheme == "https" ? ":443" : ":80"
    if host.hasSuffix(ownPort), !host.dropLast(ownPort.count).hasSuffix(":") {
      host.removeLast(ownPort.count)
    }
    return (scheme, host, path)
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host.hasPrefix("[::1]") { return true }
    let name = host.prefix { $0 != ":" }
    let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
    let isAddress = numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
    return name == "localhost" || (isAddress && numbers[0] == "127")
  }
}
