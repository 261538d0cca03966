import Messages

/// Why a message was not taken.
public struct MailError: Error, Hashable, Sendable, MessageConvertible {
  /// What happened, with the server's or libcurl's own code; their words are foreign and not cleaned.
  public let message: Message
  /// Whether trying again may help: no connection, a time-out, or an answer of 400...499.
  public let isTransient: Bool

  public init(_ message: Message, isTransient: Bool) {
    self.message = message
    self.isTransient = isTransient
  }
}
