import MissionCore

/// Where a worker is and how long its answers may take.
package struct WorkerEndpoint: Sendable {
  package var name: String
  /// Without a trailing slash.
  package var url: String
  /// The URL as it may be shown.
  package var shownURL: String
  /// Of the URL.
  package var host = ""
  package var isPlainHTTP = false
  package var apiKey: Secret
  package var caFile: String?
  package var connect: Duration = .seconds(10)
  /// A control request, whole.
  package var response: Duration = .seconds(60)
  /// No byte of a result.
  package var stalled: Duration = .seconds(60)
  /// A result, whole: however slowly it drips, it ends.
  package var result: Duration = .seconds(6000)
  package var maxResultSize: Int64 = 4 << 30

  package init(name: String, url: String, apiKey: Secret) {
    self.name = name
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    shownURL = self.url
    self.apiKey = apiKey
  }
}
