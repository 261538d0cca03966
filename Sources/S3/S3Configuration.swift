import HTTP

/// Which bucket, where, and how it is reached.
package struct S3Configuration: Sendable {
  /// `https://host[:port][/path]`; nil: AWS for the region.
  package var endpoint: String?
  package var bucket: String
  /// `auto` is signed as `auto` at an endpoint of one's own, and means `us-east-1` at AWS.
  package var region: String
  package var addressing: Addressing
  /// Plain `http` to a host that is not the loopback.
  package var allowPlain: Bool
  /// A PEM file with certificate authorities, trusted beside the system's.
  package var caFile: String?
  package var deadlines: HTTPDeadlines

  package init(
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
  package enum Addressing: String, Sendable {
    /// `https://host/bucket/key`.
    case path
    /// `https://bucket.host/key`.
    case virtual
  }
}
