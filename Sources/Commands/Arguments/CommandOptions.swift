import MissionCore
import MissionFiles

/// Options of `backfill`; all but `file` are required or have a default.
struct BackfillOptions: Equatable, Sendable {
  var from: CalendarDay
  var to: CalendarDay
  var mediaType: MediaType
  var languages: [String]
  var every = Backfill.Step.day
  /// Where to save the CSV; nil prints it.
  var file: String?
}

/// Options of `status`.
struct StatusOptions: Equatable, Sendable {
  /// Shows it on the whole terminal until told to end.
  var watches = false
}

/// A shell that completions are made for.
enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

/// Options of `list`.
struct ListOptions: Equatable, Sendable {
  var selection = SelectionOptions()
  var statuses: [MissionStatus] = []
  var code: ErrorCode?
  var limit = 50
  var offset = 0

  var filter: MissionFilter {
    var filter = selection.filter
    filter.statuses = statuses
    filter.code = code
    return filter
  }
}

/// Options of `retry`: missions by id, or a choice among the FAILED and CANCELLED ones.
struct RetryOptions: Equatable, Sendable {
  var missions: [MissionReference] = []
  var selection = SelectionOptions()
  /// `--failed`: FAILED ones only.
  var onlyFailed = false
  /// Any of them; empty takes every code.
  var codes: [ErrorCode] = []
}

/// Options of `report`.
struct ReportOptions: Equatable, Sendable {
  /// A run's id or the beginning of it; nil is the latest run.
  var run: RunReference?
  /// Where to write the report as a page; nil prints it.
  var htmlFile: String?
}

/// Options of `config`.
struct ConfigOptions: Equatable, Sendable {
  var topic = Topic.effective

  enum Topic: String, CaseIterable, Sendable { case effective, schema }
}
