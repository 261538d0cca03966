/// The audit object as the store confirmed it.
public struct UploadedObject: Hashable, Sendable {
  public let key: String
  public let etag: String
  public let size: Int64
  public let sha256: String

  public init(key: String, etag: String, size: Int64, sha256: String) {
    self.key = key
    self.etag = etag
    self.size = size
    self.sha256 = sha256
  }
}
