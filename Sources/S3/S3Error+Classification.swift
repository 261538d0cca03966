import Dates
import HTTP
import Messages

extension S3Error {
  /// From an answer that refuses, or that says so inside a success.
  init(answer: HTTPResponse, document: S3ErrorDocument?, nowMilliseconds: Int64) {
    let code = document?.code ?? ""
    let region = answer.headers["x-amz-bucket-region"] ?? document?.region
    let retryAfter = answer.headers["retry-after"].flatMap {
      RetryAfter.duration($0, nowMilliseconds: nowMilliseconds)
    }
    let kind = Self.kind(status: answer.status, code: code, region: region)
    let words = document?.message ?? ""
    var reason: Message = words.isEmpty ? Self.meaning(kind, status: answer.status) : "\(foreign: words)"
    if let encoding = answer.contentEncoding {
      reason += ", with the Content-Encoding \(encoding), which was not asked for"
    }
    if kind == .redirect, region == nil, let place = document?.endpoint ?? answer.headers["location"] {
      reason += " (the store names \(place))"
    }
    self.init(
      kind, code: code, status: answer.status, reason: reason, retryAfter: retryAfter,
      regionHint: kind == .redirect ? region : nil,
      requestID: document?.requestID ?? answer.headers["x-amz-request-id"])
    if document == nil, answer.contentEncoding == nil { body = RefusalBody.text(of: answer) }
  }

  /// From a request that got no answer.
  init(_ error: HTTPError) {
    let kind: Kind
    switch error.kind {
    case .connectTimeout, .responseTimeout, .stalled: kind = .timeout
    case .resolve, .connect, .reset, .partialBody: kind = .connection
    case .tls: kind = .tls
    case .cancelled: kind = .cancelled
    case .tooLarge, .headersTooLarge, .fileWrite, .sendFailed, .exhausted, .invalidRequest, .other:
      kind = .other
    }
    self.init(kind, reason: error.message)
    transfer = error
  }

  private static func kind(status: Int, code: String, region: String?) -> Kind {
    if let kind = kinds[code] {
      // A success status must never be final by the code alone: the request may have half worked.
      return status < 300 && kind != .slowDown ? .falseSuccess : kind
    }
    if code == "AuthorizationHeaderMalformed" { return region == nil ? .credentials : .redirect }
    switch status {
    case 200..<300: return .falseSuccess
    case 301, 302, 303, 307, 308: return .redirect
    case 400 where region != nil && code.isEmpty: return .redirect
    case 401: return .credentials
    case 403: return .accessDenied
    case 404: return code.isEmpty ? .noEndpoint : .noSuchKey
    case 412: return .preconditionFailed
    case 429, 503: return .slowDown
    case 408, 425, 499, 500...: return .server
    default: return .other
    }
  }

  private static let kinds: [String: Kind] = [
    "InvalidAccessKeyId": .credentials, "SignatureDoesNotMatch": .credentials, "InvalidToken": .credentials,
    "Unauthorized": .credentials, "NotSignedUp": .credentials, "InvalidSecurity": .credentials,
    "ExpiredToken": .expiredToken, "TokenRefreshRequired": .expiredToken,
    "AccessDenied": .accessDenied, "AllAccessDisabled": .accessDenied, "AccountProblem": .accessDenied,
    "PreconditionFailed": .preconditionFailed, "ConditionalRequestConflict": .conflict,
    "NoSuchBucket": .noSuchBucket, "NoSuchKey": .noSuchKey,
    "RequestTimeTooSkewed": .skewed,
    "SlowDown": .slowDown, "ServiceUnavailable": .slowDown, "Throttling": .slowDown,
    "ThrottlingException": .slowDown, "RequestLimitExceeded": .slowDown, "TooManyRequests": .slowDown,
    "InternalError": .server, "BadDigest": .server, "XAmzContentSHA256Mismatch": .server,
    "IncompleteBody": .server, "RequestTimeout": .server, "OperationAborted": .server,
    "PermanentRedirect": .redirect, "TemporaryRedirect": .redirect, "Redirect": .redirect,
    "IllegalLocationConstraintException": .redirect,
  ]

  private static func meaning(_ kind: Kind, status: Int) -> Message {
    if kind == .noEndpoint { return "no S3 store or no such bucket answers here" }
    switch status {
    case 200..<300: return "the store reported an error in a success"
    case 300..<400: return "the bucket is elsewhere; redirects are not followed"
    case 401: return "the store does not accept the credentials"
    case 403: return "the store denied permission"
    case 404: return "not found"
    case 412: return "what the request wants to find there is not so"
    case 429, 503: return "the store asks for fewer requests"
    case 408, 425, 499, 500...: return "the store failed"
    default: return "the store refused the request"
    }
  }
}
