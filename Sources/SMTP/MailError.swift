/// Why a message was not taken.
package struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, with the server's or libcurl's own code.
  package let message: String
  /// Whether trying again may help: no connection, a time-out, or an answer of 400...499.
  package let isTransient: Bool
  /// Whether the message is in libcurl's or the server's words.
  package let isForeign: Bool

  package init(_ message: String, isTransient: Bool, isForeign: Bool = false) {
    self.message = message
    self.isForeign = isForeign
    self.isTransient = isTransient
  }

  package var description: String { message }
}
