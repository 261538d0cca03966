import HTTP

/// Tells a health-check service (Healthchecks.io, Better Stack, Cronitor and others) that a run began or ended, so
/// that it raises the alarm also when no run begins at all.
public struct PingChannel: NotificationChannel {
  public let name = "ping"
  /// What such services keep of a log.
  private static let mostDetails = 10_000

  private let http: any HTTPClient
  private let url: String
  private let sendsExitCode: Bool
  private let caFile: String?
  private let agent: String

  /// - Parameter sendsExitCode: the end is `/<exit code>` instead of nothing and `/fail`.
  public init(
    http: any HTTPClient, url: String, sendsExitCode: Bool = false, caFile: String? = nil, agent: String
  ) {
    self.http = http
    self.url = url
    self.sendsExitCode = sendsExitCode
    self.caFile = caFile
    self.agent = agent
  }

  public func send(
    _ notice: Notice, timeout: Duration, reply: @escaping @Sendable (Result<Void, DeliveryFailure>) -> Void
  ) -> Delivery {
    let place = Self.url(url, for: notice, sendsExitCode: sendsExitCode)
    let delivery = HTTPDelivery(http: http, url: place, caFile: caFile, agent: agent)
    let details = Array(notice.details.utf8.prefix(Self.mostDetails))
    return delivery.post(details, type: "text/plain; charset=utf-8", timeout: timeout, reply: reply)
  }

  /// The path grows, a query stays behind it.
  static func url(_ url: String, for notice: Notice, sendsExitCode: Bool) -> String {
    var suffix = ""
    switch notice.event {
    case .start: suffix = "/start"
    case .success, .partial, .failure:
      if sendsExitCode, let code = notice.exitCode {
        suffix = "/\(code)"
      } else if notice.event != .success {
        suffix = "/fail"
      }
    }
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path = parts[0]
    if !suffix.isEmpty { while path.hasSuffix("/") { path = path.dropLast() } }
    return path + suffix + (parts.count > 1 ? "?" + parts[1] : "")
  }
}
