import Dates
import Files
import Glibc
import HTTP
import JSONStream
import MissionCore

/// Turns a worker's answers into values or failures; the FAULTS table's worker rows are decided here.
///
/// Text from the worker is cleaned and masked before it goes into a message.
struct WorkerAnswerReader: Sendable {
  static let start = "POST /scrape"

  let worker: String
  let redactor: Redactor
  let wallSeconds: @Sendable () -> Int64

  /// The body of a 2xx to a control request.
  func bytes(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<[UInt8], SourceFailure> {
    body(of: answer, request).map { body in
      if case .memory(let bytes) = body { return bytes }
      return []
    }
  }

  /// The body of a 2xx, wherever the transport has put it.
  func body(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<HTTPResponse.Body, SourceFailure> {
    switch answer {
    case .success(let response) where response.isSuccess && response.contentEncoding == nil:
      return .success(response.body)
    case .success(let response):
      // The body of a refusal can be as large as a result; nobody reads it.
      if case .file(let path, _) = response.body { unlink(path) }
      return .failure(response.isSuccess ? encoded(response, request) : refusal(response, request))
    case .failure(let error): return .failure(failure(error, request))
    }
  }

  /// A member of the answer's object that must be a non-empty string.
  func text(
    _ key: String, in answer: Result<[UInt8], SourceFailure>, of request: String
  ) -> Result<String, SourceFailure> {
    answer.flatMap { bytes in
      guard let text = Self.member(key, of: bytes), !text.isEmpty else {
        return .failure(SourceFailure(.unusable, unreadable(bytes, request, "no \(key) in it")))
      }
      return .success(text)
    }
  }

  /// The id of the job that a 2xx to `POST /scrape` tells. When it cannot be read the job may run all the same.
  func jobID(in answer: Result<[UInt8], SourceFailure>) -> Result<String, SourceFailure> {
    answer.flatMap { bytes in
      guard let text = Self.member("job_id", of: bytes), Self.isJobID(text) else {
        let what = "no job_id of [A-Za-z0-9._-]{1,128} in it"
        return .failure(SourceFailure(.mismatch, unreadable(bytes, Self.start, what)))
      }
      return .success(text)
    }
  }

  /// A word of the worker's as it may be shown, logged and kept.
  func shown(_ text: String) -> String {
    let clean = UntrustedText.clean(text, limit: 128, masking: redactor)
    return clean.isEmpty ? "?" : clean
  }

  /// SPEC 12: what may go into a path and a journal. A path segment of only dots would be another path.
  static func isJobID(_ text: String) -> Bool {
    guard (1...128).contains(text.utf8.count), text != ".", text != ".." else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): return true
      default: return false
      }
    }
  }

  private static func member(_ key: String, of bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { raw in
      // What is wrong with the JSON does not matter here: the caller shows the answer's beginning.
      guard let members = try? JSONScanner.members(of: raw),
        let member = members.first(where: { $0.key == key }), member.value.kind == .string
      else { return nil }
      return JSONText.string(raw, member.value.range)
    }
  }

  private func unreadable(_ bytes: [UInt8], _ request: String, _ what: String) -> String {
    let excerpt = UntrustedText.clean(bytes: bytes, masking: redactor)
    return "\(worker) gave an answer to \(request) that cannot be used, \(what): \(excerpt)"
  }

  /// After `POST /scrape` a job may run whose id cannot be read.
  private func encoded(_ response: HTTPResponse, _ request: String) -> SourceFailure {
    let message = "\(worker) gave an answer to \(request) that cannot be used" + encoding(response)
    return SourceFailure(request == Self.start ? .mismatch : .unusable, message)
  }

  private func encoding(_ response: HTTPResponse) -> String {
    let name = UntrustedText.clean(response.contentEncoding ?? "", limit: 64, masking: redactor)
    return name.isEmpty ? "" : " with the Content-Encoding \(name), which was not asked for"
  }

  private func refusal(_ response: HTTPResponse, _ request: String) -> SourceFailure {
    var message = "\(worker) answered \(response.status) to \(request)"
    if response.contentEncoding != nil {
      message += encoding(response)
    } else if case .memory(let bytes) = response.body, !bytes.isEmpty {
      message += ": " + UntrustedText.clean(bytes: bytes, masking: redactor)
    }
    let retryAfter = response.headers["Retry-After"].flatMap {
      RetryAfter.duration($0, nowMilliseconds: wallSeconds() * 1000)
    }
    switch response.status {
    case 401, 403: return SourceFailure(.unavailable, message + ", check its api_key")
    case 300..<400:
      return SourceFailure(.unavailable, message + ", redirects are not followed, check its url")
    case 404: return SourceFailure(.notFound, message)
    case 409, 429, 503: return SourceFailure(.busy, message, retryAfter: retryAfter)
    // Time-outs and refusals of what lies between us and the worker: as good as a 5xx.
    case 408, 425, 499, 500...: return SourceFailure(.again, message)
    default: return SourceFailure(.unusable, message)
    }
  }

  private func failure(_ error: HTTPError, _ request: String) -> SourceFailure {
    let words =
      error.isForeign
      ? UntrustedText.foreign(error.message, limit: 1000, masking: redactor)
      : UntrustedText.message(error.message, limit: 1000, masking: redactor)
    let message = "\(worker) gave no answer to \(request): " + words
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
