import Configuration
import Journal
import MissionCore
import Runs

/// Who can change the journal now: this command, or the run that holds it.
enum JournalHolder {
  /// This command took the lock.
  case us(Journal)
  /// A live run holds it and is asked to make the change.
  case liveRun(path: String)

  /// Ids that one request to a live run carries: enough to be quick, few enough to be answered in time.
  static let requestSize = 500

  /// The filter for each portion of the ids; the filter itself without any.
  static func portions(of ids: [MissionID]?, _ filter: MissionFilter) -> [MissionFilter] {
    guard let ids else { return [filter] }
    return stride(from: 0, to: ids.count, by: requestSize).map { start in
      var filter = filter
      filter.ids = Array(ids[start..<min(ids.count, start + requestSize)])
      return filter
    }
  }

  static func find(
    _ configuration: Configuration, _ context: CommandContext
  ) throws(CommandFailure) -> JournalHolder {
    let path = configuration.journal.path
    if try JournalAccess.isLive(path) { return .liveRun(path: path) }
    do throws(JournalError) {
      let journal = try Journal.open(path: path, busy: configuration.execution.timeouts.busy)
      // What is changed now may not change what the last run did.
      ReportPlaces.finishKilledRun(journalPath: path, context.ofRuns)
      return .us(journal)
    } catch {
      // A run has begun since we looked.
      if case .heldByAnotherRun = error { return .liveRun(path: path) }
      throw CommandFailure(error)
    }
  }

  /// Asks the live run in portions.
  static func ask(
    _ path: String, _ ids: [MissionID], _ request: ([MissionID]) -> ControlRequest
  ) throws(CommandFailure) -> ChangeOutcome {
    var outcome = ChangeOutcome()
    var rest = ids[...]
    while !rest.isEmpty {
      let portion = Array(rest.prefix(requestSize))
      rest = rest.dropFirst(requestSize)
      do throws(ControlSocket.Failure) {
        outcome.add(try ControlClient.send(journalPath: path, request: request(portion)))
      } catch {
        throw CommandFailure(
          .stoppedEarly,
          "the live run cannot be reached, \(error.message): try again, or when it has ended")
      }
    }
    return outcome
  }
}
