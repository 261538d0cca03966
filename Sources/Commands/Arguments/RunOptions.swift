import Journal
import MissionCore

/// Options of `run` and `plan`.
struct RunOptions: Equatable, Sendable {
  /// Empty takes `missions:` of the configuration.
  var files: [String] = []
  var selection = SelectionOptions()
  var only: [MissionReference] = []
  /// Names of the workers to use; empty takes all.
  var workers: [String] = []
  var limit: Int?
  var order = MissionOrder.oldest
  var retriesFailed = false
  /// Also unfinished missions that no file names.
  var includesUnlisted = false
  var maxConcurrency: Int?
  var maxDuration: Duration?
  var shard: MissionFilter.Shard?
  var reportFile: ReportFile?
  var metricsFile: String?
  var isStrict = false
  var drains = false
  var isDryRun = false
  var hidesProgress = false

  /// What `--report` names; the kind follows from the ending.
  struct ReportFile: Equatable, Sendable {
    enum Kind: Sendable { case json, text, html }
    let path: String
    let kind: Kind
  }

  /// What is chosen; `ids` are what `--only` names.
  func rule(only ids: [MissionID]) -> SelectionRule {
    var filter = selection.filter
    filter.ids = ids
    filter.shard = shard
    return SelectionRule(
      filter: filter, order: order, limit: limit, retriesFailed: retriesFailed,
      includesUnlisted: includesUnlisted)
  }
}
