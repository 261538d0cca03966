import HTTP
import MissionCore
import Ports

/// What a kind of source may need to open what its section describes.
package struct SourceOpening: Sendable {
  package let http: any HTTPClient
  package let redactor: Redactor
  package let now: @Sendable () -> Timestamp
  /// The workers of the configuration as one source, which all sources of that kind share.
  package let workers: any MissionSource
  /// Is given what people should know and nothing fails of: a cleaned sentence.
  package var tell: @Sendable (Message) -> Void = { _ in }
  /// The environment of this process.
  package var environment: [String: String] = [:]
  /// Where a kind may keep what it works with, beside the journal; not made yet.
  package var workFolder = ""
  /// What a person may want to follow, cleaned and masked.
  package var log: @Sendable (LogLevel, Message) -> Void = { _, _ in }
  /// Missions are to run now: what is surely missing is refused at once. Else `health` tells of it.
  package var mustBeUsable = false
  /// Opening a connection.
  package var connect = Duration.seconds(10)
  /// A control request, whole.
  package var response = Duration.seconds(60)
  /// No byte of a result.
  package var stalled = Duration.seconds(60)
  /// One attempt, when the section has no `timeout`.
  package var timeout = Duration.seconds(6000)
  /// Bytes of a result at the most.
  package var maxResultSize: Int64 = 4 << 30

  package init(
    http: any HTTPClient, redactor: Redactor, now: @escaping @Sendable () -> Timestamp,
    workers: any MissionSource
  ) {
    self.http = http
    self.redactor = redactor
    self.now = now
    self.workers = workers
  }
}

/// A source that is open, and the lanes on which the missions that name it may run.
package struct OpenedSource: Sendable {
  /// What the engine calls it. Sections that share a source open it under the same name.
  package let name: String
  package let source: any MissionSource
  /// Names of its lanes.
  package let lanes: [String]

  /// One of its own, all of whose lanes are its missions'.
  package init(name: String, source: any MissionSource) {
    self.init(name: name, source: source, lanes: source.lanes.map(\.name))
  }

  package init(name: String, source: any MissionSource, lanes: [String]) {
    self.name = name
    self.source = source
    self.lanes = lanes
  }
}
