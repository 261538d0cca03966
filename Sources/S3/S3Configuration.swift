import HTTP

/// Which bucket, where, and how it is reached.
public struct S3Configuration: Sendable {
  /// `https://host[:port][/path]`; nil: AWS for the region.
  public var endpoint: String?
  public var bucket: String
  /// `auto` is signed as `auto` at an endpoint of one's own, and means `us-east-1` at AWS.
  public var region: String
  public var addressing: Addressing
  /// Plain `http` to a host that is not the loopback.
  public var allowPlain: Bool
  /// A PEM file with certificate authorities, trusted beside the system's.
  public var caFile: String?
  public var deadlines: HTTPDeadlines

  public init(
    endpoint: String? = nil, bucket: String, region: String = "auto", addressing: Addressing = .path,
    allowPlain: Bool = false, caFile: String? = nil, deadlines: HTTPDeadlines = HTTPDeadlines()
  ) {
    self.endpoint = endpoint
    self.bucket = bucket
    self.region = region
    self.addressing = addressing
    self.allowPlain = allowPlain
    self.caFile = caFile
    self.deadlines = deadlines
  }

  /// Where the bucket's name stands.
  public enum Addressing: String, Sendable {
    /// `https://host/bucket/key`.
    case path
    /// `https://bucket.host/key`.
    case virtual
  }
}
