/// A mission that was done elsewhere, or before this journal: what the destination's ledger and the store say of it.
public struct RecoveredMission: Hashable, Sendable {
  public var adsCount: Int
  /// Of the scraped bytes.
  public var sha256: String
  /// Of the scraped bytes; nil where nobody has them.
  public var size: Int64?
  /// When it was done; nil: as it is written down.
  public var doneAt: Timestamp?
  public var object: UploadedObject
  public var keptFiles: [KeptFile]

  public init(
    adsCount: Int, sha256: String, size: Int64? = nil, doneAt: Timestamp? = nil, object: UploadedObject,
    keptFiles: [KeptFile] = []
  ) {
    self.adsCount = adsCount
    self.sha256 = sha256
    self.size = size
    self.doneAt = doneAt
    self.object = object
    self.keptFiles = keptFiles
  }
}
