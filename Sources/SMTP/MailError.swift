/// Why a message was not taken.
public struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, with the server's or libcurl's own code.
  public let message: String
  /// Whether trying again may help: no connection, a time-out, or an answer of 400...499.
  public let isTransient: Bool
  /// Whether the message is in libcurl's or the server's words.
  public let isForeign: Bool

  public init(_ message: String, isTransient: Bool, isForeign: Bool = false) {
    self.message = message
    self.isForeign = isForeign
    self.isTransient = isTransient
  }

  public var description: String { message }
}
