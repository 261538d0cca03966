import Dates
import Files
import Glibc
import HTTP
import JSONStream
import MissionCore

/// Turns the answers of a source that is asked over HTTP into values or failures; the FAULTS table's rows are decided
/// here, for every kind alike, and nothing is sent.
///
/// Text of the other side is cleaned and masked before it goes into a message, and marked as its words.
package struct AnswerJudge: Sendable {
  /// What messages call the other side: `worker-1`, or the source's name.
  package let name: String
  /// Behind the refusal of a 401 and a 403: where the credentials are to be looked for.
  private let credentials: Message
  package let redactor: Redactor
  private let now: @Sendable () -> Timestamp

  package init(
    name: String, credentials: Message, redactor: Redactor, now: @escaping @Sendable () -> Timestamp
  ) {
    self.name = name
    self.credentials = credentials
    self.redactor = redactor
    self.now = now
  }

  /// The body of a 2xx, wherever the transport has put it.
  package func body(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<HTTPResponse.Body, SourceFailure> {
    switch answer {
    case .failure(let error): return .failure(failure(error, request))
    case .success(let response)
    where response.isSuccess && response.status != 206 && response.contentEncoding == nil:
      return .success(response.body)
    case .success(let response):
      // The body of a refusal can be as large as a result; nobody reads it.
      if case .file(let path, _) = response.body { unlink(path) }
      if response.status == 206 { return .failure(partial(request)) }
      return .failure(response.isSuccess ? encoded(response, request) : refusal(response, request))
    }
  }

  /// The bytes of a 2xx to a control request, which is never in a file.
  package func bytes(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<[UInt8], SourceFailure> {
    body(of: answer, request).map { body in
      if case .memory(let bytes) = body { return bytes }
      return []
    }
  }

  /// Whether a start may have been taken although its answer is of no use: it was a 2xx, or is too large to be read.
  package func mayHaveStarted(
    _ failure: SourceFailure, _ answer: Result<HTTPResponse, HTTPError>
  ) -> Bool {
    if case .success(let response) = answer { return response.isSuccess }
    return failure.kind == .tooLarge
  }

  /// An answer that is not what its request promises.
  package func unreadable(
    _ bytes: some Collection<UInt8>, _ request: String, _ what: Message
  ) -> SourceFailure {
    SourceFailure(
      .unusable, "\(name) gave an answer to \(request) that cannot be used, \(what): \(excerpt(bytes))")
  }

  /// A word of the other side's as it may be shown, logged and kept.
  package func shown(_ text: String, limit: Int = 64) -> String {
    let clean = UntrustedText.clean(text, limit: limit, masking: redactor)
    return clean.isEmpty ? "?" : clean
  }

  /// The beginning of an answer, for a message.
  package func excerpt(_ bytes: some Collection<UInt8>) -> String {
    UntrustedText.foreign(bytes: bytes, masking: redactor)
  }

  /// Why there is no answer, in words for people.
  package func words(_ error: HTTPError) -> Message {
    UntrustedText.message(error.message, limit: 1000, masking: redactor)
  }

  /// The name of an encoding that was not asked for; nil for none.
  package func encoding(of response: HTTPResponse) -> String? {
    guard let name = response.contentEncoding else { return nil }
    return UntrustedText.foreign(name, limit: 64, masking: redactor)
  }

  /// A member of an answer's object that is a text; nil for anything else. What is wrong with the JSON is not told: who
  /// asks shows the answer's beginning.
  package static func text(_ key: String, in bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { raw in
      guard let members = try? JSONScanner.members(of: raw),  // as the comment says
        let member = members.first(where: { $0.key == key }), member.value.kind == .string
      else { return nil }
      return JSONText.string(raw, member.value.range)
    }
  }
}

extension AnswerJudge {
  /// We ask for no part: what ends at the end of a line or of an object would pass for all of it.
  private func partial(_ request: String) -> SourceFailure {
    SourceFailure(
      .unusable, "\(name) answered 206 to \(request), a part of the answer, and all of it was asked for")
  }

  private func encoded(_ response: HTTPResponse, _ request: String) -> SourceFailure {
    SourceFailure(.unusable, "\(name) gave an answer to \(request) that cannot be used" + encoding(response))
  }

  private func encoding(_ response: HTTPResponse) -> Message {
    let name = encoding(of: response) ?? ""
    return name.isEmpty ? "" : " with the Content-Encoding \(name), which was not asked for"
  }

  private func refusal(_ response: HTTPResponse, _ request: String) -> SourceFailure {
    var message: Message = "\(name) answered \(response.status) to \(request)"
    if response.contentEncoding != nil {
      message += encoding(response)
    } else if case .memory(let bytes) = response.body, !bytes.isEmpty {
      message += ": \(excerpt(bytes))"
    }
    let retryAfter = response.headers["Retry-After"].flatMap {
      RetryAfter.duration($0, nowMilliseconds: now().milliseconds)
    }
    switch response.status {
    case 401, 403: return SourceFailure(.unavailable, message + credentials)
    case 300..<400:
      return SourceFailure(.unavailable, message + ", redirects are not followed, check its url")
    case 404: return SourceFailure(.notFound, message)
    case 409, 429, 503: return SourceFailure(.busy, message, retryAfter: retryAfter)
    // Time-outs and refusals of what lies between us and the other side: as good as a 5xx.
    case 408, 425, 499, 500...: return SourceFailure(.again, message)
    default: return SourceFailure(.unusable, message)
    }
  }

  private func failure(_ error: HTTPError, _ request: String) -> SourceFailure {
    let message: Message = "\(name) gave no answer to \(request): \(words(error))"
    switch error.kind {
    case .tls, .invalidRequest: return SourceFailure(.unavailable, message)
    case .resolve, .connect, .connectTimeout: return SourceFailure(.unreachable, message)
    case .exhausted: return SourceFailure(.again, message)  // the run is told by the client and stops
    case .tooLarge: return SourceFailure(.tooLarge, message)
    case .fileWrite(let number):
      let message: Message = "the spool cannot take a result: \(Errno(number))"
      return SourceFailure(number == EIO ? .diskFails : .spoolFull, message)
    case .responseTimeout, .stalled, .reset, .partialBody, .headersTooLarge, .sendFailed, .cancelled, .other:
      return SourceFailure(.again, message)
    }
  }
}
