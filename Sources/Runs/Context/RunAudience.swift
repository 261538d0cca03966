import Engine
import MissionCore

/// Those whom a run tells of itself while it works and how it ends: a terminal and a service manager, or a program that
/// a run is part of. No call may wait for long; they come from several threads.
package protocol RunAudience: Sendable {
  /// The journal is ours; the mission files are read next.
  func noteReady()
  /// So many missions are chosen, and their work begins.
  ///
  /// - Parameter journal: how the whole journal stands.
  func noteWork(total: Int, journal: StatusCounts)
  /// How the work stands after `elapsed`; several times a second.
  func show(_ scheduler: Scheduler, _ elapsed: Duration)
  /// A signal has asked for a stop.
  func noteStop(drains: Bool)
  /// `limit`, which `--max-duration` allows, is reached.
  func noteTimeUp(_ limit: Duration, drains: Bool)
  /// The work is over; a picture of it goes away.
  func finishWork()
  /// The run ends with this code; `status` says why.
  func noteEnd(_ code: ExitCode, _ status: Message)

  /// The report is wanted as JSON.
  var wantsJSON: Bool { get }
  /// Columns that the report keeps to; nil where it goes to a file or a program.
  var answerWidth: Int? { get }
  /// Takes a part of the report.
  func write(_ answer: [UInt8])
  /// Why the report did not arrive whole; nil when it did, or nobody wanted it.
  func answerFailure() -> CommandFailure?

  /// The process ends soon: nobody is waited for any more.
  func hurry()
  /// What was logged goes out, as far as anybody takes it.
  func drainLog()
  /// All that was told goes out, as far as anybody takes it.
  func flush()
}
