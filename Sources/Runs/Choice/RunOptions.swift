import Journal
import MissionCore

/// Options of `run` and `plan`.
package struct RunOptions: Equatable, Sendable {
  /// Empty takes `missions:` of the configuration.
  package var files: [String] = []
  /// By what missions scrape.
  package var selection = SelectionOptions()
  /// What `--only` names; empty takes all.
  package var only: [MissionReference] = []
  /// Names of the workers to use; empty takes all.
  package var workers: [String] = []
  /// Missions to select, at most.
  package var limit: Int?
  /// By date.
  package var order = MissionOrder.oldest
  /// Also FAILED missions of earlier runs.
  package var retriesFailed = false
  /// Also unfinished missions that no file names.
  package var includesUnlisted = false
  /// Only the missions of schedules: of slots that are due now, and unfinished ones of earlier slots.
  package var isDue = false
  /// Missions at once, at most; nil is the configuration's.
  package var maxConcurrency: Int?
  /// After this time the run stops like for a signal.
  package var maxDuration: Duration?
  /// Only this part of the missions.
  package var shard: ShardChoice?
  /// The part that the engine says, once it is known.
  package var part: MissionFilter.Shard?
  /// Where the report is written too.
  package var reportFile: ReportFile?
  /// Where node_exporter reads metrics from.
  package var metricsFile: String?
  /// Stops before any work when a row of a mission file is wrong.
  package var isStrict = false
  /// Ends with 1 when a result is suspicious.
  package var failsOnSuspicious = false
  /// Waits for what runs when it is told to stop.
  package var drains = false
  /// Stops as by SIGTERM when the process that started it ends.
  package var exitsWithParent = false
  /// Tells what would run and writes nothing.
  package var isDryRun = false
  /// A plan asks destination and store what is done already.
  package var asksData = false
  /// Plain lines also on a terminal.
  package var hidesProgress = false

  package init() {}

  /// What `--report` names; the kind follows from the ending.
  package struct ReportFile: Equatable, Sendable {
    /// How it is written.
    package enum Kind: Sendable { case json, text, html }
    /// As it was typed.
    package let path: String
    /// By its ending.
    package let kind: Kind

    package init(path: String, kind: Kind) {
      self.path = path
      self.kind = kind
    }
  }

  /// What is chosen.
  ///
  /// - Parameters:
  ///   - ids: what `--only` names.
  ///   - schedules: the names of those that are not paused.
  package func rule(only ids: [MissionID], schedules: [String]) -> SelectionRule {
    var filter = selection.filter
    filter.ids = ids
    filter.shard = part ?? shard?.part
    if isDue { filter.schedules = schedules }
    return SelectionRule(
      filter: filter, order: order, limit: limit, retriesFailed: retriesFailed,
      includesUnlisted: includesUnlisted || isDue)
  }
}
