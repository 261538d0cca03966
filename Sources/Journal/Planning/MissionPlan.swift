import MissionCore

/// What a run would do now (SPEC 4, `plan`). `selected` and all of `skipped` are every mission that the
/// journal and the files know.
public struct MissionPlan: Hashable, Sendable {
  /// Missions by checkpoint.
  public struct Resumed: Hashable, Sendable {
    public var scrape = 0
    public var db = 0
    public var s3 = 0
  }

  /// Known missions that a run would not take up, by the reason.
  public struct Skipped: Hashable, Sendable {
    public var done = 0
    public var failed = 0
    public var cancelled = 0
    /// Unfinished, but outside the filter or the limit.
    public var notSelected = 0

    public var total: Int { done + failed + cancelled + notSelected }
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
  public struct Gap: Hashable, Sendable {
    public let from: CalendarDay
    public let to: CalendarDay
    package let kind: Kind
  }

  public var selected = 0
  /// What was found beside them, for what could be typed instead.
  public var selection = Selection()
  /// Those of the selected that were begun before, by the checkpoint they go on at.
  public var resumed = Resumed()
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

  public var skipped = Skipped()
  /// Missions that rows name, each once.
  var listed = 0
  /// Rows that name a mission which an earlier row had named.
  public var duplicates = 0
  /// First day of the selected missions; nil when none is selected.
  public var from: CalendarDay?
  public var to: CalendarDay?
  public var gaps: [Gap] = []
}
