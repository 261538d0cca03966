import MissionCore

/// What a run would do now (SPEC 4, `plan`). `selected` and all of `skipped` are every mission that the
/// journal and the files know.
package struct MissionPlan: Hashable, Sendable {
  /// Missions by checkpoint.
  package struct Resumed: Hashable, Sendable {
    package var scrape = 0
    package var db = 0
    package var s3 = 0
  }

  package struct Skipped: Hashable, Sendable {
    package var done = 0
    package var failed = 0
    package var cancelled = 0
    /// Unfinished, but outside the filter or the limit.
    package var notSelected = 0

    package var total: Int { done + failed + cancelled + notSelected }
  }

  /// What missions ask for besides their days.
  package struct Kind: Hashable, Sendable {
    package let mediaType: MediaType?
    package let languages: [String]
    package let parameters: ParameterValues
    package let source: String

    package init(
      mediaType: MediaType?, languages: [String], parameters: ParameterValues = ParameterValues(),
      source: String = "default"
    ) {
      self.source = source
      self.mediaType = mediaType
      self.languages = languages
      self.parameters = parameters
    }
  }

  /// Days that no known mission covers, inside the range of the selected ones of the same kind.
  package struct Gap: Hashable, Sendable {
    package let from: CalendarDay
    package let to: CalendarDay
    package let kind: Kind
  }

  package var selected = 0
  /// What was found beside them, for what could be typed instead.
  package var selection = Selection()
  /// Those of the selected that were begun before, by the checkpoint they go on at.
  package var resumed = Resumed()
  /// Those of the selected that are DONE and due again.
  package var refreshed = 0
  /// Of the selected, by source: how many there are, and how many of them are still to be scraped.
  package var sources: [(name: String, selected: Int, starts: Int)] {
    bySource.map { ($0.key, $0.value.selected, $0.value.starts) }.sorted { $0.0 < $1.0 }
  }
  var bySource: [String: SourceShare] = [:]

  struct SourceShare: Hashable, Sendable {
    var selected = 0
    var starts = 0
  }

  package var skipped = Skipped()
  /// Rows that name a mission which an earlier row had named.
  package var duplicates = 0
  /// First day of the selected missions; nil when none is selected.
  package var from: CalendarDay?
  package var to: CalendarDay?
  package var gaps: [Gap] = []
}
