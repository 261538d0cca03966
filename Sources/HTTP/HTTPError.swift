/// Why there is no answer.
public struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
  public var kind: Kind
  /// What happened, with libcurl's own code where it gave one.
  public var message: String
  /// False only when it is certain that no byte of the request was sent to the server.
  public var mayHaveReachedServer: Bool

  public init(_ kind: Kind, _ message: String, mayHaveReachedServer: Bool) {
    self.kind = kind
    self.message = message
    self.mayHaveReachedServer = mayHaveReachedServer
  }

  public var description: String { message }

  public enum Kind: Hashable, Sendable {
    /// The host's or the proxy's name has no address.
    case resolve
    /// Refused, unreachable, or a proxy that would not connect.
    case connect
    /// The handshake failed or the certificate is not trusted; the message says why.
    case tls
    /// No connection within `deadlines.connect` (or `total`, when that ended first).
    case connectTimeout
    /// `deadlines.total` passed.
    case responseTimeout
    /// No byte for `deadlines.stalled`.
    case stalled
    /// The connection ended before the answer began.
    case reset
    /// The answer ended before its body was whole, or was no HTTP.
    case partialBody
    /// The body is larger than allowed.
    case tooLarge
    /// The header fields are larger than allowed.
    case headersTooLarge
    /// The spill file could not be created or written; the value is the `errno`.
    case fileWrite(Int32)
    /// The request's body could not be read or sent.
    case sendFailed
    case cancelled
    /// The URL is not one, or a header field holds a line end: nothing was sent.
    case invalidRequest
    case other
  }
}
