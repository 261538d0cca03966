import Dates
import Files
import Glibc
import HTTP
import JSONStream
import MissionCore

/// Turns answers into values or failures; the FAULTS table's rows are decided here, and nothing is sent.
///
/// Text from the API is cleaned and masked before it goes into a message.
struct AnswerJudge: Sendable {
  /// What messages call the source: its name.
  let source: String
  let redactor: Redactor
  let now: @Sendable () -> Timestamp

  /// The body of a 2xx, wherever the transport has put it.
  func body(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<HTTPResponse.Body, SourceFailure> {
    switch answer {
    case .failure(let error): return .failure(failure(error, request))
    case .success(let response) where response.isSuccess && response.contentEncoding == nil:
      return .success(response.body)
    case .success(let response):
      // The body of a refusal can be as large as a result; nobody reads it.
      if case .file(let path, _) = response.body { unlink(path) }
      return .failure(response.isSuccess ? encoded(response, request) : refusal(response, request))
    }
  }

  /// The bytes of a 2xx to a control request, which is never in a file.
  func bytes(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<[UInt8], SourceFailure> {
    body(of: answer, request).map { body in
      if case .memory(let bytes) = body { return bytes }
      return []
    }
  }

  /// An answer that is not what the section says of it.
  func unreadable(
    _ bytes: some Collection<UInt8>, _ request: String, _ what: String
  ) -> SourceFailure {
    let excerpt = UntrustedText.foreign(bytes: bytes, masking: redactor)
    return SourceFailure(
      .unusable, "\(source) gave an answer to \(request) that cannot be used, \(what): \(excerpt)")
  }

  /// A word of the API's as it may be shown, logged and kept.
  func shown(_ text: String, limit: Int = 64) -> String {
    let clean = UntrustedText.clean(text, limit: limit, masking: redactor)
    return clean.isEmpty ? "?" : clean
  }

  private func encoded(_ response: HTTPResponse, _ request: String) -> SourceFailure {
    SourceFailure(
      .unusable, "\(source) gave an answer to \(request) that cannot be used" + encoding(response))
  }

  private func encoding(_ response: HTTPResponse) -> String {
    let name = UntrustedText.foreign(response.contentEncoding ?? "", limit: 64, masking: redactor)
    return name.isEmpty ? "" : " with the Content-Encoding \(name), which was not asked for"
  }

  private func refusal(_ response: HTTPResponse, _ request: String) -> SourceFailure {
    var message = "\(source) answered \(response.status) to \(request)"
    if response.contentEncoding != nil {
      message += encoding(response)
    } else if case .memory(let bytes) = response.body, !bytes.isEmpty {
      message += ": " + UntrustedText.foreign(bytes: bytes, masking: redactor)
    }
    let retryAfter = response.headers["Retry-After"].flatMap {
      RetryAfter.duration($0, nowMilliseconds: now().milliseconds)
    }
    switch response.status {
    case 401, 403:
      return SourceFailure(.unavailable, message + ", check what its section sends as credentials")
    case 300..<400:
      return SourceFailure(.unavailable, message + ", redirects are not followed, check its url")
    case 404: return SourceFailure(.notFound, message)
    case 409, 429, 503: return SourceFailure(.busy, message, retryAfter: retryAfter)
    // Time-outs and refusals of what lies between us and the API: as good as a 5xx.
    case 408, 425, 499, 500...: return SourceFailure(.again, message)
    default: return SourceFailure(.unusable, message)
    }
  }

  private func failure(_ error: HTTPError, _ request: String) -> SourceFailure {
    let words =
      error.isForeign
      ? UntrustedText.foreign(error.message, limit: 1000, masking: redactor)
      : UntrustedText.message(error.message, limit: 1000, masking: redactor)
    let message = "\(source) gave no answer to \(request): " + words
    switch error.kind {
    case .tls, .invalidRequest: return SourceFailure(.unavailable, message)
    case .resolve, .connect, .connectTimeout: return SourceFailure(.unreachable, message)
    case .exhausted: return SourceFailure(.again, message)  // the run is told by the client and stops
    case .tooLarge: return SourceFailure(.tooLarge, message)
    case .fileWrite(let number):
      let message = "the spool cannot take a result: \(Errno(number))"
      return SourceFailure(number == EIO ? .diskFails : .spoolFull, message)
    case .responseTimeout, .stalled, .reset, .partialBody, .headersTooLarge, .sendFailed, .cancelled, .other:
      return SourceFailure(.again, message)
    }
  }
}
