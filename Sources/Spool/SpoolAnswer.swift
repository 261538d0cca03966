import Ports

/// What the spool says when it is asked for a mission's bytes.
public enum SpoolAnswer: Sendable {
  /// They are there, byte for byte as they were written.
  case intact(SpooledResult)
  /// Not there, or other bytes than were written: only a new scrape brings them back. The error tells where.
  case lost(SpoolError)
  /// It cannot be told now (the disk answers with an error, descriptors or memory are used up): nothing may be
  /// concluded from that, and nothing may be deleted.
  case unknown(SpoolError)

  /// Nil unless the bytes are there.
  public var result: SpooledResult? {
    if case .intact(let result) = self { return result }
    return nil
  }

  /// The answer of whatever ended with an error.
  init(_ error: SpoolError) {
    if case .lost = error { self = .lost(error) } else { self = .unknown(error) }
  }
}
