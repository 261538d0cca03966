import Engine
import HTTP
import Journal
import MissionCore
import Ports
import Spool

/// A source that the engine schedules, and whose missions run on which of its lanes.
package struct RunSource {
  package let name: String
  package let source: any MissionSource
  package internal(set) var routes: [SourceRoute]
}

/// The real parts that a run's effects need.
struct RunParts {
  let runID: String
  let journal: Journal
  let spool: SpoolStore
  let sources: [RunSource]
  let destination: any Destination
  let store: any AuditStore
  /// Where programs' files lie, beside the journal.
  let workFolder: String
  /// Where what a source brings goes, by the source's name.
  let places: @Sendable (String) -> SourcePlaces
  let http: CurlClient
  let order: MissionOrder
  let wall: @Sendable () -> Timestamp
  let log: any Log

  /// Ends the parts' threads after a run that came to its end or was drained.
  func close() {
    for source in sources { source.source.close() }
    destination.close()
    spool.close()
    http.close()
  }

  /// For a run that was stopped or broke off: a step may hang, so only the spool is put in order, in bounded time.
  func leave() {
    for source in sources { source.source.close() }
    spool.close(within: .seconds(1))
  }
}
