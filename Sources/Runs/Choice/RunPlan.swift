import Configuration
import Journal
import Kind
import MissionCore

/// What a run was asked to do, checked against the configuration before anything is touched.
package struct RunPlan {
  /// As it takes effect.
  package let configuration: Configuration
  let options: RunOptions
  let workers: [Configuration.Worker]
  let policy: RunPolicy

  /// - Throws: 64 for a worker that is not configured, 78 for fewer workers than shards.
  package init(configuration: Configuration, options: RunOptions) throws(CommandFailure) {
    self.configuration = configuration
    var options = options
    options.part = configuration.shard?.part
    self.options = options
    let active = configuration.activeWorkers
    for name in options.workers where !active.contains(where: { $0.name == name }) {
      let known = Alternatives.text(active.map(\.name))
      throw CommandFailure(
        .usage,
        "--worker \(UntrustedText.quoted(name)): no such active worker, there are \(known)")
    }
    if options.workers.isEmpty {
      try configuration.requireWorkersForAllShards()
      workers = configuration.workersOfShard
    } else {
      workers = active.filter { options.workers.contains($0.name) }
    }
    policy = Self.policy(configuration, options, workers)
  }

  /// For `check`: every active worker that is this shard's.
  package init(checking configuration: Configuration) {
    self.configuration = configuration
    options = RunOptions()
    workers = configuration.workersOfShard
    policy = Self.policy(configuration, options, workers)
  }

  private static func policy(
    _ configuration: Configuration, _ options: RunOptions, _ workers: [Configuration.Worker]
  ) -> RunPolicy {
    let execution = configuration.execution
    var policy = RunPolicy()
    policy.autoRetry = execution.autoRetry
    policy.maxRetries = execution.maxRetries
    policy.adapts = execution.isAdaptive
    policy.timeoutJob = execution.timeoutJob
    policy.jobInterval = execution.polling.job
    // Leaves a second or more of the five that a stop may take to those who are to be told.
    if configuration.notify.isUsed { policy.stopGrace = .seconds(3) }
    let limit = configuration.maxConcurrency(with: workers)
    policy.maxConcurrency = max(1, min(options.maxConcurrency ?? limit, limit))
    return policy
  }

  /// The selection of the command line; ids are resolved by the caller.
  package func rule(only ids: [MissionID]) -> SelectionRule {
    options.rule(only: ids, schedules: configuration.activeSchedules)
  }

  /// The journal's file.
  package var journalPath: String { configuration.journal.path }

  /// The journal's folder, where spool and reports live.
  var stateFolder: String {
    guard let slash = journalPath.lastIndex(of: "/") else { return "." }
    return slash == journalPath.startIndex ? "/" : String(journalPath[..<slash])
  }

  var journalName: String {
    journalPath.lastIndex(of: "/").map { String(journalPath[journalPath.index(after: $0)...]) } ?? journalPath
  }

  /// Where the spool is unless other journals lie in the same folder (`SpoolClaim`).
  package var spoolFolder: String { stateFolder + "/spool" }
  var reportsFolder: String { stateFolder + "/reports" }
  /// Where programs' files lie until their missions are DONE.
  package var workFolder: String { WorkFolder.path(besides: journalPath) }
}
