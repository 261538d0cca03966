/// A mission that was done elsewhere, or before this journal: what the destination's ledger and the store say of it.
package struct RecoveredMission: Hashable, Sendable {
  package var adsCount: Int
  /// Of the scraped bytes.
  package var sha256: String
  /// Of the scraped bytes; nil where nobody has them.
  package var size: Int64?
  /// When it was done; nil: as it is written down.
  package var doneAt: Timestamp?
  package var object: UploadedObject
  package var keptFiles: [KeptFile]

  package init(
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
