import MissionCore

/// Where audit objects are kept. Calls return at once; each reply comes exactly once, from a thread of the
/// store.
package protocol AuditStore: Sendable {
  /// Writes the audit object of a mission, or the same bytes again. Success means that the store confirmed
  /// the whole object. One call is one try: `AuditError.severity` says whether another may help.
  func put(_ request: AuditRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void)

  /// What lies under a key; nil when nothing does. With `readingBytes` the whole body is read and hashed, without it
  /// only what the store says of the object is asked for.
  func find(
    _ key: String, readingBytes: Bool, reply: @escaping @Sendable (Result<FoundObject?, AuditError>) -> Void)

  /// Brings a body of at most `maxSize` bytes to a new file at `path` (0600); false when there is no such object. On
  /// failure no file is left.
  func fetch(
    _ key: String, to path: String, maxSize: Int64,
    reply: @escaping @Sendable (Result<Bool, AuditError>) -> Void)

  /// A page of the keys of all objects under our prefix. `token`: `next` of the page before, nil for the first.
  func list(token: String?, reply: @escaping @Sendable (Result<ObjectPage, AuditError>) -> Void)

  /// The key of a mission's audit object.
  func key(of mission: MissionID, _ parameters: MissionParameters) -> String

  /// Tries whether objects can be written, read and removed; leaves nothing behind. The error's message
  /// names the step that failed.
  func check(reply: @escaping @Sendable (Result<CheckedStore, AuditError>) -> Void)
}

/// What `check` did at a store.
package struct CheckedStore: Hashable, Sendable {
  /// `wrote, read and removed a probe object in my-bucket`.
  package let deeds: String
  /// What the store's clock says; nil when it has none of its own.
  package let time: Timestamp?

  package init(deeds: String, time: Timestamp? = nil) {
    self.deeds = deeds
    self.time = time
  }
}

/// What an audit object is made of.
package struct AuditRequest: Sendable {
  package var mission: MissionID
  package var parameters: MissionParameters
  package var runID: String
  package var result: SpooledResult
  /// Of the scraped bytes, for the metadata: the result's own, but for a mending with a result of the same tokens in
  /// other spacing, which make the same object.
  package var sha256: String

  package init(
    mission: MissionID, parameters: MissionParameters, runID: String, result: SpooledResult,
    sha256: String? = nil
  ) {
    self.sha256 = sha256 ?? result.sha256
    self.mission = mission
    self.parameters = parameters
    self.runID = runID
    self.result = result
  }
}

/// An audit object that the store has confirmed.
package struct StoredObject: Hashable, Sendable {
  package var key: String
  /// As the store gave it, quotes included.
  package var etag: String
  /// Bytes of the body.
  package var size: Int64
  /// Of the body, lower-case hex.
  package var sha256: String

  package init(key: String, etag: String, size: Int64, sha256: String) {
    self.key = key
    self.etag = etag
    self.size = size
    self.sha256 = sha256
  }
}
