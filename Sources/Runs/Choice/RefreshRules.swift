import Configuration
import Dates
import Journal
import MissionCore

/// Which DONE missions are run again when they are listed, by `refresh_after` of their source or window; pure.
package struct RefreshRules: Sendable {
  private let ofSources: [String: Timestamp]
  private let now: Timestamp
  private let zone: TimeZone

  package init(_ configuration: Configuration, now: Timestamp) {
    let zone = configuration.timeZone
    self.now = now
    self.zone = zone
    let rules = configuration.refreshAfterOfSources.map { ($0.source, $0.after.dueBefore(now, in: zone)) }
    ofSources = Dictionary(rules, uniquingKeysWith: { first, _ in first })
  }

  /// For rows of files.
  var listing: ImportListing {
    var listing = ImportListing()
    listing.dueBefore = ofSources
    return listing
  }

  /// For a window's rows: its own word is stronger than its source's.
  func listing(of window: MissionWindow) -> ImportListing {
    var listing = self.listing
    listing.isWindow = true
    if let after = window.refreshAfter { listing.dueBefore[window.source] = after.dueBefore(now, in: zone) }
    return listing
  }
}
