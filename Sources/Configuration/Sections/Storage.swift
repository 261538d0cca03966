import KeyTable
import Kind
import MissionCore

extension Configuration {
  /// The destination of the scraped ads.
  public struct StorageDB: ConfigurationSection {
    /// What the connection string says; nil until it is read.
    package var database: (any DatabaseKind)?
    /// PostgreSQL only; an identifier that needs no quoting.
    public var schema = "public"
    public var caFile: String?
    package init() {}
  }
}
