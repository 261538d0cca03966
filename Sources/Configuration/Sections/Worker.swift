import KeyTable
import MissionCore

extension Configuration {
  /// An external scraping service.
  package struct Worker: ConfigurationSection {
    /// Unique.
    package var name = ""
    /// Unique among active workers.
    package var url = ServiceURL.unset
    package var apiKey = Secret("")
    /// Jobs that it runs at once.
    package var capacity = 1
    package var isActive = true
    /// A file with certificate authorities to trust besides the system's.
    package var caFile: String?
    var allowPlainHTTP = false
    package init() {}
  }

  /// An outbound proxy that sessions are opened through.
  package struct Proxy: ConfigurationSection {
    /// `host:port`, a scheme before it where one was written.
    package var server = ""
    package var username: String?
    package var password: Secret?
    package var isActive = true
    package init() {}
  }
}
