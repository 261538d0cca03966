import HTTP
import MissionCore
import Ports
import Synchronization
import WebServices

/// What a refusal or no answer at all means for a load (SOURCES 6); nothing is sent here.
final class WriterFailures: Sendable {
  private let service: WebService
  private let advice: ConnectionAdvice
  /// The writer has answered since this was made: once it did, it may come back.
  private let hasAnswered = Mutex(false)

  init(service: WebService, advice: ConnectionAdvice) {
    self.service = service
    self.advice = advice
  }

  func noteAnswer() { hasAnswered.withLock { $0 = true } }

  /// - Parameter isHarmless: the same may be asked again at once.
  func refusal(
    _ response: HTTPResponse, doing what: String, isHarmless: Bool = false
  ) -> DestinationError {
    let message: Message = "\(what): \(service.told(response))"
    switch response.status {
    case 401, 403, 407:
      return DestinationError(
        .destinationRefused, message, advice: "check what storage_writer.headers sends as credentials")
    case 409, 413, 422:
      return DestinationError(
        .destinationDoesNotFit, message,
        advice: "look at the writer's own log: it does not take these records")
    case 429, 503:
      return DestinationError(
        .destinationTimedOut, message, severity: .transient(retryAfter: service.retryAfter(response)),
        advice: "the writer asks to be left alone longer than an upload may take")
    case 408, 425, 499, 500...:
      return DestinationError(
        .destinationTimedOut, message, severity: isHarmless ? .transient() : nil,
        advice: "look at the writer's own log")
    case 300..<400:
      return DestinationError(
        .destinationOther, message,
        advice: "redirects are not followed: write the URL that it leads to as storage_writer.url")
    default:
      return DestinationError(
        .destinationOther, message, advice: "does a writer answer at storage_writer.url?")
    }
  }

  func noAnswer(
    _ error: HTTPError, doing what: String, isHarmless: Bool = false
  ) -> DestinationError {
    let message: Message = "\(what): \(service.told(error))"
    let text = advice.text(error)
    switch error.kind {
    case .resolve, .connect, .tls, .invalidRequest:
      let isNew = !hasAnswered.withLock { $0 }
      return DestinationError(isNew ? .destinationRefused : .destinationTimedOut, message, advice: text)
    case .connectTimeout, .responseTimeout, .stalled, .reset, .partialBody, .headersTooLarge, .sendFailed,
      .cancelled:
      return DestinationError(
        .destinationTimedOut, message, severity: isHarmless ? .transient() : nil, advice: text)
    case .tooLarge, .fileWrite, .exhausted, .other:
      return DestinationError(.destinationOther, message, advice: text)
    }
  }

  /// A success that does not say what it should.
  func unreadable(_ what: String, _ response: HTTPResponse) -> DestinationError {
    DestinationError(
      .destinationOther,
      "\(what): the answer is not as the writer API has it: \(service.told(response))",
      advice: "compare the writer with examples/writer-api")
  }

  func endless(_ what: String) -> DestinationError {
    DestinationError(
      .destinationOther, "\(what): a page of the list does not go on behind the one before",
      advice: "compare the writer with examples/writer-api")
  }
}
