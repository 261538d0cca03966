/// An object as the store has it now.
package struct FoundObject: Hashable, Sendable {
  /// As the store gave it, quotes included; nil when it gave none.
  package var etag: String?
  /// Bytes of the body; nil when the store did not say.
  package var size: Int64?
  /// What the object's metadata says of the scraped bytes' SHA-256.
  package var dataSHA256: String?
  /// Of the body as it was read, lower-case hex; nil when it was not read.
  package var sha256: String?

  package init(etag: String?, size: Int64?, dataSHA256: String?, sha256: String? = nil) {
    self.etag = etag
    self.size = size
    self.dataSHA256 = dataSHA256
    self.sha256 = sha256
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
