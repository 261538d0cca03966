import MissionCore

/// Where audit objects are kept. Calls return at once; each reply comes exactly once, from a thread of the
/// store.
package protocol AuditStore: Sendable {
  /// Writes the audit object of a mission, or the same bytes again. Success means that the store confirmed
  /// the whole object. One call is one try: `AuditError.severity` says whether another may help.
  ///
  /// Where the store keeps it, an object is only created (TRUST 5): one with other bytes under the key stays, and the
  /// error is `ERROR405` with what was found; unless the request replaces on purpose.
  func put(_ request: AuditRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void)

  /// The same for a file that is kept beside it, as it is. Bytes that are not the ones that were listed never count.
  func put(_ request: KeptFileRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void)

  /// Removes an object; one that is not there is removed already.
  func remove(_ key: String, reply: @escaping @Sendable (Result<Void, AuditError>) -> Void)

  /// What lies under a key; nil when nothing does. With `readingBytes` the whole body is read and hashed, without it
  /// only what the store says of the object is asked for.
  func find(
    _ key: String, readingBytes: Bool, reply: @escaping @Sendable (Result<FoundObject?, AuditError>) -> Void)

  /// Brings a body of at most `maxSize` bytes to a new file at `path` (0600); false when there is no such object. On
  /// failure no file is left.
  func fetch(
    _ key: String, to path: String, maxSize: Int64,
    reply: @escaping @Sendable (Result<Bool, AuditError>) -> Void)

  /// A page of the keys of all objects under a prefix, without those of other prefixes that begin alike; nil: the
  /// store's own. `token`: `next` of the page before, nil for the first.
  func list(
    prefix: String?, token: String?, reply: @escaping @Sendable (Result<ObjectPage, AuditError>) -> Void)

  /// What keys begin with where a source names nothing else.
  var prefix: String { get }

  /// Whether it can do what its section requires of it: asked before a run asks anybody else. The error is
  /// `.fatalToRun` where the section cannot be kept.
  func requirements(reply: @escaping @Sendable (Result<Void, AuditError>) -> Void)

  /// Tries whether objects can be written, read and removed; leaves nothing behind. The error's message
  /// names the step that failed.
  func check(reply: @escaping @Sendable (Result<CheckedStore, AuditError>) -> Void)
}

extension AuditStore {
  package func requirements(reply: @escaping @Sendable (Result<Void, AuditError>) -> Void) {
    reply(.success(()))
  }

  /// The key of a mission's audit object.
  ///
  /// - Parameter prefix: what its source names; nil: the store's own.
  package func key(of mission: MissionID, _ parameters: MissionParameters, prefix: String? = nil) -> String {
    AuditObject.key(mission, parameters, prefix: prefix ?? self.prefix)
  }

  /// The key of a file that is kept beside it.
  package func key(
    of file: KeptFile, _ mission: MissionID, _ parameters: MissionParameters, prefix: String? = nil
  ) -> String { AuditObject.key(of: file, mission, parameters, prefix: prefix ?? self.prefix) }
}

/// What `check` did at a store.
package struct CheckedStore: Hashable, Sendable {
  /// `wrote, read and removed a probe object in my-bucket`.
  package let deeds: Message
  /// What the store's clock says; nil when it has none of its own.
  package let time: Timestamp?

  package init(deeds: Message, time: Timestamp? = nil) {
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
  /// What its key begins with; nil: the store's own.
  package var prefix: String?
  /// Whatever is under the key is replaced, on purpose.
  package var replaces: Bool

  package init(
    mission: MissionID, parameters: MissionParameters, runID: String, result: SpooledResult,
    sha256: String? = nil, prefix: String? = nil, replaces: Bool = false
  ) {
    self.sha256 = sha256 ?? result.sha256
    self.prefix = prefix
    self.replaces = replaces
    self.mission = mission
    self.parameters = parameters
    self.runID = runID
    self.result = result
  }
}

/// A kept file to write.
package struct KeptFileRequest: Sendable {
  package var mission: MissionID
  package var parameters: MissionParameters
  package var runID: String
  package var file: KeptFile
  /// Where its bytes are.
  package var path: String
  /// What its key begins with; nil: the store's own.
  package var prefix: String?
  /// Whatever is under the key is replaced, on purpose.
  package var replaces: Bool

  package init(
    mission: MissionID, parameters: MissionParameters, runID: String, file: KeptFile, path: String,
    prefix: String? = nil, replaces: Bool = false
  ) {
    self.mission = mission
    self.parameters = parameters
    self.runID = runID
    self.file = file
    self.path = path
    self.prefix = prefix
    self.replaces = replaces
  }
}

/// An object that the store has confirmed.
package typealias StoredObject = UploadedObject
