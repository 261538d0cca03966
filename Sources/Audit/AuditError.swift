import MissionCore
import S3
import Spool

/// Why an audit object was not stored.
public struct AuditError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `ERROR400` to `ERROR404`, or `ERROR500` when our own bytes could not be read.
  public var code: ErrorCode
  /// Cleaned and masked.
  public var message: String
  /// Whether the same call may succeed a moment later.
  public var isAgain: Bool
  /// How long the store asks to wait.
  public var retryAfter: Duration?
  /// The store asks for fewer requests: all uploads should slow down.
  public var slowDown: Bool
  /// What the store refused or how it failed; nil when the failure is ours.
  public var kind: S3Error.Kind?
  /// The result's bytes could not be read, or are not the ones that were written; nil when the spool is not at fault.
  public var spoolFault: SpoolError?

  public init(
    code: ErrorCode, message: String, isAgain: Bool = false, retryAfter: Duration? = nil,
    slowDown: Bool = false, kind: S3Error.Kind? = nil
  ) {
    self.code = code
    self.message = message
    self.isAgain = isAgain
    self.retryAfter = retryAfter
    self.slowDown = slowDown
    self.kind = kind
  }

  /// The spool is at fault. What is to become of the mission is for the spool to say, which is asked once more.
  init(spool fault: SpoolError) {
    self.init(code: .internalError, message: "the spooled result cannot be read: \(fault)")
    spoolFault = fault
  }

  public var description: String { "\(code.rawValue): \(message)" }
}
