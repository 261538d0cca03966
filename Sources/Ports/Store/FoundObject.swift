/// An object as the store has it now.
package struct FoundObject: Hashable, Sendable {
  /// As the store gave it, quotes included; nil when it gave none.
  package var etag: String?
  /// Bytes of the body; nil when the store did not say.
  package var size: Int64?
  /// What the object's metadata says of the scraped bytes' SHA-256.
  package var dataSHA256: String?
  /// What they say of the object's own bytes; objects of earlier versions say nothing.
  package var bodySHA256: String?
  /// What they say of its mission.
  package var missionID: String?
  /// What they say of the number of records.
  package var adsCount: Int?
  /// Of the body as it was read, lower-case hex; nil when it was not read.
  package var sha256: String?

  /// - Parameter metadata: the value of a name without `x-amz-meta-`.
  package init(
    etag: String?, size: Int64?, sha256: String? = nil, metadata: (_ name: String) -> String?
  ) {
    self.etag = etag
    self.size = size
    self.sha256 = sha256
    dataSHA256 = metadata("sha256")
    bodySHA256 = metadata("body-sha256")
    missionID = metadata("mission-id")
    adsCount = metadata("ads-count").flatMap { Int($0) }
  }
}

/// A page of keys.
package struct ObjectPage: Hashable, Sendable {
  package var keys: [String]
  /// Where the next page begins; nil at the end.
  package var next: String?

  package init(keys: [String], next: String?) {
    self.keys = keys
    self.next = next
  }
}
