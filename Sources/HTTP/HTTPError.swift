import Messages

/// Why there is no answer.
public struct HTTPError: Error, Hashable, Sendable, MessageConvertible {
  public var kind: Kind
  /// What happened, with libcurl's own code where it gave one. Its words, which may hold those of a server, are foreign
  /// and not cleaned.
  public var message: Message
  /// False only when it is certain that no byte of the request was sent to the server.
  public var mayHaveReachedServer: Bool
  /// What is wrong with the server's certificate or handshake; nil unless `kind` is `tls`.
  public var tls: TLSProblem?

  public init(
    _ kind: Kind, _ message: Message, mayHaveReachedServer: Bool, tls: TLSProblem? = nil
  ) {
    self.kind = kind
    self.message = message
    self.mayHaveReachedServer = mayHaveReachedServer
    self.tls = tls
  }

  /// What broke a request off, as far as a caller acts on it.
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
    /// This machine has no memory or no descriptor watch left for the transfer; the value is the `errno`.
    case exhausted(Int32)
    case cancelled
    /// The URL is not one, or a header field holds a line end: nothing was sent.
    case invalidRequest
    case other
  }

  /// Why a server was not trusted, as far as it can be told apart.
  public enum TLSProblem: Hashable, Sendable {
    /// Before its first or after its last day.
    case expired
    /// For another name than the one asked for.
    case otherHost
    /// By an authority that is not trusted here.
    case unknownAuthority
    /// No certificate was judged: no common version, or the server speaks no TLS at all.
    case handshake
    /// The file with certificate authorities cannot be used.
    case authorityFile
  }
}
