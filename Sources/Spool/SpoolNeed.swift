/// What of a mission must stay in the spool at the start of a run.
public enum SpoolNeed: Hashable, Sendable {
  /// The mission goes on from its bytes.
  case result
  /// The mission is still to be scraped. Bytes that were given up stay for a person to look at.
  case lostBytes
  /// It is done or cancelled, or nobody knows it.
  case nothing
}
