/// What a scrape brought, as the journal keeps it.
public struct ScrapedResult: Hashable, Sendable {
  public let adsCount: Int
  public let size: Int64
  public let sha256: String
  /// What goes into the store beside the audit object, sorted by name.
  public var keptFiles: [KeptFile] = []

  public init(adsCount: Int, size: Int64, sha256: String, keptFiles: [KeptFile] = []) {
    self.adsCount = adsCount
    self.size = size
    self.sha256 = sha256
    self.keptFiles = keptFiles
  }
}
