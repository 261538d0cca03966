/// An object as the store confirmed it: a mission's audit object, or a file that is kept beside it.
public struct UploadedObject: Hashable, Sendable {
  public let key: String
  /// As the store gave it, quotes included.
  public let etag: String
  /// Bytes of the body.
  public let size: Int64
  /// Of the body, lower-case hex.
  public let sha256: String

  public init(key: String, etag: String, size: Int64, sha256: String) {
    self.key = key
    self.etag = etag
    self.size = size
    self.sha256 = sha256
  }
}
