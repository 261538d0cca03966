import HTTP

/// Posts a notice as JSON, as Slack, Mattermost, Rocket.Chat, Google Chat and others take it.
public struct WebhookChannel: NotificationChannel {
  public let name = "webhook"
  private let delivery: HTTPDelivery
  private let onlyText: Bool

  /// - Parameter onlyText: for services that refuse other fields than `text`.
  public init(
    http: any HTTPClient, url: String, onlyText: Bool = false, caFile: String? = nil, agent: String
  ) {
    delivery = HTTPDelivery(http: http, url: url, caFile: caFile, agent: agent)
    self.onlyText = onlyText
  }

  public func send(
    _ notice: Notice, timeout: Duration, reply: @escaping @Sendable (Result<Void, DeliveryFailure>) -> Void
  ) -> Delivery {
    delivery.post(
      notice.json(onlyText: onlyText), type: "application/json", timeout: timeout, reply: reply)
  }
}
