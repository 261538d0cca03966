import MissionCore

/// Why an audit object was not stored.
package struct AuditError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `ERROR400` to `ERROR405`, or `ERROR500` when our own bytes could not be read.
  package var code: ErrorCode
  /// Cleaned and masked.
  package var message: Message
  /// Transient with a wait: all uploads should wait as long.
  package var severity: Severity
  /// What to do about it, where more is known than the code tells.
  package var advice: Message?
  /// The result's bytes could not be read, or are not the ones that were written; nil when the spool is not at fault.
  package var spoolFault: SpoolError?
  /// What is under the key and was not to be replaced, of `ERROR405`.
  package var existing: FoundObject?

  package init(
    code: ErrorCode, message: Message, severity: Severity? = nil, advice: Message? = nil
  ) {
    self.code = code
    self.message = message
    self.severity = severity ?? .lasting(code)
    self.advice = advice
  }

  /// The spool is at fault. What is to become of the mission is for the spool to say, which is asked once more.
  package init(spool fault: SpoolError) {
    self.init(code: .internalError, message: "the spooled result cannot be read: \(fault.message)")
    spoolFault = fault
  }

  /// Another object is under the key, and it stays.
  package init(existing found: FoundObject, insteadOf object: AuditObject) {
    let theirs = found.dataSHA256 ?? found.bodySHA256 ?? found.etag ?? "unknown"
    self.init(
      code: .objectDiffers,
      message:
        "\(object.key) exists with other bytes: its sha256 is \(UntrustedText.foreign(theirs, limit: 80)), ours is \(object.dataSHA256 ?? object.bodySHA256)",
      advice: "look at the object; rerun the mission when it is to be replaced")
    existing = found
  }

  package var description: String { "\(code.rawValue): \(message)" }
}
