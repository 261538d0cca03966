import MissionCore
import Spool

/// Where audit objects are kept. Calls return at once; each reply comes exactly once, from a thread of the
/// store.
public protocol AuditStore: Sendable {
  /// Writes the audit object of a mission, or the same bytes again. Success means that the store confirmed
  /// the whole object. One call is one try: `AuditError.isAgain` says whether another may help.
  func put(_ request: AuditRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void)

  /// Tries whether objects can be written, read and removed; leaves nothing behind. The error's message
  /// names the step that failed.
  func check(reply: @escaping @Sendable (Result<Void, AuditError>) -> Void)
}

/// What an audit object is made of.
public struct AuditRequest: Sendable {
  public var mission: MissionID
  public var parameters: MissionParameters
  public var runID: String
  public var result: SpooledResult

  public init(mission: MissionID, parameters: MissionParameters, runID: String, result: SpooledResult) {
    self.mission = mission
    self.parameters = parameters
    self.runID = runID
    self.result = result
  }
}

/// An audit object that the store has confirmed.
public struct StoredObject: Hashable, Sendable {
  public var key: String
  /// As the store gave it, quotes included.
  public var etag: String
  /// Bytes of the body.
  public var size: Int64
  /// Of the body, lower-case hex.
  public var sha256: String

  public init(key: String, etag: String, size: Int64, sha256: String) {
    self.key = key
    self.etag = etag
    self.size = size
    self.sha256 = sha256
  }
}
