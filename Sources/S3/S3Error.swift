import HTTP
import Messages

/// Why the store did not do what it was asked. Words of the store and of libcurl are foreign and not cleaned.
public struct S3Error: Error, Sendable, Equatable, MessageConvertible {
  public var kind: Kind
  /// The store's own code (`NoSuchBucket`), empty when it gave none.
  public var code: String
  /// The HTTP status; 0 when there was no answer.
  public var status: Int
  public var reason: Message
  /// How long the store asks to wait.
  public var retryAfter: Duration?
  /// The region that the store says the bucket is in.
  public var regionHint: String?
  /// The store's name for the request, for its support.
  public var requestID: String?
  /// Words of a refusal that is no S3 error document (JSON, or HTML without its markup).
  public var body: String?
  /// What became of the request, when there was no answer.
  public var transfer: HTTPError?

  public init(
    _ kind: Kind, code: String = "", status: Int = 0, reason: Message, retryAfter: Duration? = nil,
    regionHint: String? = nil, requestID: String? = nil
  ) {
    self.kind = kind
    self.code = code
    self.status = status
    self.reason = reason
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

  public var message: Message {
    guard let body else { return summary }
    return "\(summary): \(foreign: body)"
  }

  /// Without the body.
  public var summary: Message {
    var text = reason
    // The region first: a long message of the store's is cut short where it is shown.
    if let regionHint { text = "the bucket is in the region \(foreign: regionHint): \(text)" }
    guard status > 0 else { return text }
    return code.isEmpty ? "answered \(status): \(text)" : "answered \(status) \(foreign: code): \(text)"
  }

  static func configuration(_ reason: Message) -> S3Error { S3Error(.configuration, reason: reason) }
}
