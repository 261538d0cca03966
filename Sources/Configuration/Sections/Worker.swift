import KeyTable
import MissionCore

extension Configuration {
  /// An external scraping service.
  public struct Worker: ConfigurationSection {
    /// Unique.
    public var name = ""
    /// Unique among active workers.
    public var url = ServiceURL.unset
    public var apiKey = Secret("")
    /// Jobs that it runs at once.
    public var capacity = 1
    public var isActive = true
    /// A file with certificate authorities to trust besides the system's.
    public var caFile: String?
    var allowPlainHTTP = false
    package init() {}
  }

  /// An outbound proxy that sessions are opened through.
  public struct Proxy: ConfigurationSection {
    /// `host:port`, a scheme before it where one was written.
    public var server = ""
    public var username: String?
    public var password: Secret?
    public var isActive = true
    package init() {}
  }
}
