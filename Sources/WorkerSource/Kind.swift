import KeyTable
import Kind
import MissionCore
import Ports

/// `kind: worker`: the scraping services of `workers:`. A worker has one session, so that all sources of this kind share
/// them as one.
package struct WorkerSection: SourceSection {
  package static let kind = "worker"
  package static let needsMedia = true
  /// What the engine calls the workers; no name that rows could have.
  package static let engineName = "(workers)"
  /// A worker's own filters.
  private static let filters: Set<String> = ["date_range", "format", "sort_by"]

  package var basics = SourceBasics()
  /// Which of the configuration's workers serve it; nil: all of them.
  package var workers: [String]?
  package init() {}

  package static var ownKeys: [Key<Self>] {
    [
      Key(
        "workers", \.workers, Codec.words(of: .text(TextRule.workerName)).optional,
        "Which workers serve it, by their names; all when absent")
    ]
  }

  @Sendable package static func parameterName(_ text: String) -> Message? {
    filters.contains(text) ? TextRule.reservedName : TextRule.parameterName(text)
  }

  package var workersUsed: WorkersUsed { workers.map(WorkersUsed.named) ?? .every }

  package var ownPolicy: SourcePolicy {
    var policy = SourcePolicy()
    policy.capacity = basics.capacity
    return policy
  }

  package func open(_ name: String, _ opening: SourceOpening) throws(OpeningFailure) -> OpenedSource {
    let all = opening.workers.lanes.map(\.name)
    let lanes = workers.map { chosen in all.filter(chosen.contains) } ?? all
    return OpenedSource(name: Self.engineName, source: opening.workers, lanes: lanes)
  }
}
