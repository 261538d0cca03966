import MissionCore

/// Where a worker is and how long its answers may take.
public struct WorkerEndpoint: Sendable {
  public var name: String
  /// Without a trailing slash.
  public var url: String
  public var apiKey: Secret
  public var caFile: String?
  public var connect: Duration = .seconds(10)
  /// A control request, whole.
  public var response: Duration = .seconds(60)
  /// No byte of a result.
  public var stalled: Duration = .seconds(60)
  /// A result, whole: however slowly it drips, it ends.
  public var result: Duration = .seconds(6000)
  public var maxResultSize: Int64 = 4 << 30

  public init(name: String, url: String, apiKey: Secret) {
    self.name = name
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.apiKey = apiKey
  }
}
