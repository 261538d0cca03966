import MissionCore

extension Configuration {
  /// The destination of the scraped ads.
  public struct StorageDB: ConfigurationSection {
    public var connectionString = ConnectionString.sqlite(path: "")
    /// PostgreSQL only; an identifier that needs no quoting.
    public var schema = "public"
    public var caFile: String?
    init() {}
  }

  /// The S3-compatible store of the audit objects.
  public struct StorageS3: ConfigurationSection {
    /// As written; nil means AWS.
    public var endpoint: ServiceURL?
    public var bucket = ""
    public var region = "us-east-1"
    public var accessKey = Secret("")
    public var secretKey = Secret("")
    public var sessionToken: Secret?
    public var addressing = Addressing.path
    /// Without slashes at its ends; empty for keys that begin with the date.
    public var prefix = "scrapes"
    public var caFile: String?
    var allowPlainHTTP = false
    init() {}

    /// Whether the bucket is in the path or in the host name.
    public enum Addressing: String, CaseIterable, Sendable {
      case path, virtual
    }

    /// Where requests go: the endpoint, or AWS for the region; no slash at its end.
    public var endpointURL: String {
      if let endpoint { return endpoint.text }
      return "https://s3.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
    }
  }
}
