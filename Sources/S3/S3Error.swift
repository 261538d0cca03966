import HTTP

/// Why the store did not do what it was asked. Its texts come from outside and are not cleaned.
public struct S3Error: Error, Sendable, Equatable, CustomStringConvertible {
  public var kind: Kind
  /// The store's own code (`NoSuchBucket`), empty when it gave none.
  public var code: String
  /// The HTTP status; 0 when there was no answer.
  public var status: Int
  public var message: String
  /// How long the store asks to wait.
  public var retryAfter: Duration?
  /// The region that the store says the bucket is in.
  public var regionHint: String?
  /// The store's name for the request, for its support.
  public var requestID: String?
  /// Words of a refusal that is no S3 error document (JSON, or HTML without its markup).
  public var body: String?
  /// What of the message's beginning is in the words of the store or of libcurl.
  public var foreignWords: String?
  /// What became of the request, when there was no answer.
  public var transfer: HTTPError?

  public init(
    _ kind: Kind, code: String = "", status: Int = 0, message: String, retryAfter: Duration? = nil,
    regionHint: String? = nil, requestID: String? = nil, foreignWords: String? = nil
  ) {
    self.foreignWords = foreignWords
    self.kind = kind
    self.code = code
    self.status = status
    self.message = message
    self.retryAfter = retryAfter
    self.regionHint = regionHint
    self.requestID = requestID
  }

  /// What the store means, whatever words of S3 it used (FAULTS, store rows).
  public enum Kind: Hashable, Sendable {
    /// The access key is unknown or the signature does not fit.
    case credentials
    /// The temporary credentials have run out.
    case expiredToken
    case accessDenied
    case noSuchBucket
    case noSuchKey
    /// 404 without a word of S3: no store, or no bucket, answers there.
    case noEndpoint
    /// The clocks differ, also after the request was signed again with the store's time.
    case skewed
    /// What a PUT's condition wants is not so.
    case preconditionFailed
    /// Another request for the key was under way.
    case conflict
    /// The store asks for fewer requests.
    case slowDown
    /// The store failed (5xx), or said that a body arrived damaged or too late.
    case server
    /// A success status whose answer is none: an error document, or no ETag to a PUT.
    case falseSuccess
    /// The bucket is elsewhere; redirects are not followed.
    case redirect
    case timeout
    /// Connecting, sending or receiving failed.
    case connection
    case tls
    case cancelled
    /// The endpoint or bucket cannot be used as configured.
    case configuration
    case other
  }

  /// Whether the same request may succeed a moment later.
  public var isTransient: Bool {
    switch kind {
    case .slowDown, .server, .falseSuccess, .timeout, .connection, .noEndpoint, .conflict: return true
    default: return false
    }
  }

  public var description: String { summary + (body.map { ": \($0)" } ?? "") }

  /// Without the body.
  public var summary: String { summary { $0 } }

  /// The same with `foreign` applied to what is not in our words.
  public func summary(_ foreign: (String) -> String) -> String {
    var text = message
    if let foreignWords, !foreignWords.isEmpty, message.hasPrefix(foreignWords) {
      text = foreign(foreignWords) + message.dropFirst(foreignWords.count)
    }
    // The region first: a long message of the store's is cut short where it is shown.
    if let regionHint { text = "the bucket is in the region \(foreign(regionHint)): \(text)" }
    if status > 0 { text = "answered \(status)\(code.isEmpty ? "" : " \(foreign(code))"): \(text)" }
    return text
  }

  static func configuration(_ message: String) -> S3Error { S3Error(.configuration, message: message) }
}
