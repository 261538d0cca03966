import HTTP
import Messages

/// What the channels over HTTP have in common: one POST, and how its answer counts.
struct HTTPDelivery: Sendable {
  /// More of an answer is not wanted, and nothing of it is shown.
  private static let largestAnswer = 1 << 20

  let http: any HTTPClient
  let url: String
  let caFile: String?
  let agent: String

  func post(
    _ body: [UInt8], type: String, timeout: Duration,
    reply: @escaping @Sendable (Result<Void, DeliveryFailure>) -> Void
  ) -> Delivery {
    let request = HTTPRequest(
      method: .post, url: url, headers: [("Content-Type", type), ("User-Agent", agent)], body: .bytes(body),
      receive: .memory(limit: Self.largestAnswer),
      deadlines: HTTPDeadlines(connect: timeout, total: timeout), caFile: caFile)
    let transfer = http.send(request) { answer in
      switch answer {
      case .success(let response) where response.isSuccess: reply(.success(()))
      case .success(let response): reply(.failure(Self.failure(response.status)))
      case .failure(let error): reply(.failure(Self.failure(error)))
      }
    }
    return Delivery { transfer.cancel() }
  }

  private static func failure(_ status: Int) -> DeliveryFailure {
    let hint: Message = (300..<400).contains(status) ? ", redirects are not followed" : ""
    let isTransient = status >= 500 || [408, 425, 429, 499].contains(status)
    return DeliveryFailure("answered \(status)\(hint)", isTransient: isTransient)
  }

  private static func failure(_ error: HTTPError) -> DeliveryFailure {
    switch error.kind {
    case .tls, .tooLarge, .invalidRequest, .cancelled:
      return DeliveryFailure(error.message, isTransient: false)
    default: return DeliveryFailure(error.message, isTransient: true)
    }
  }
}
