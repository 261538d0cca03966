import JSONStream
import MissionCore
import Ports
import Threads

/// The embedded destination: a SQLite file, with its connection on a thread of its own.
///
/// Loads that wait together are written in one transaction and answered after the one COMMIT (WAL, `synchronous=FULL`).
/// The file is opened when it is first needed, and again after a failure.
package final class SQLiteDestination: Destination, Inspectable {
  private let queue = Queue<SQLiteWork>()
  private let thread: OwnedThread

  /// - Parameters:
  ///   - path: created (0600, in a folder of 0700) when absent; refused when it is a symbolic link or not ours.
  ///   - busyTimeout: how long a lock held by another program is waited for.
  ///   - statementTimeout: how long one load may take.
  package convenience init(path: String, busyTimeout: Duration, statementTimeout: Duration)
    throws(DestinationError)
  {
    try self.init(
      path: path, busyTimeout: busyTimeout, statementTimeout: statementTimeout, largestPageCount: nil)
  }

  /// - Parameter largestPageCount: where SQLite says that the disk is full; for tests of just that.
  package init(
    path: String, busyTimeout: Duration, statementTimeout: Duration, largestPageCount: Int?
  ) throws(DestinationError) {
    let queue = queue
    let file = SQLiteDestinationFile(
      path: path, busyTimeout: busyTimeout, largestPageCount: largestPageCount)
    do throws(ThreadFailure) {
      thread = try .start {
        // Made here: the connection never leaves its thread.
        let loader = SQLiteLoader(file: file, statementTimeout: statementTimeout)
        while let group = queue.take(count: SQLiteWork.countTogether) { loader.perform(group) }
      }
    } catch { throw DestinationError(.destinationOther, "no thread could be started for \(path)") }
  }

  deinit { queue.close() }

  package var inspectable: (any Inspectable)? { self }

  package func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  ) {
    queue.push(.load(request, reply))
  }

  package func check(
    _ tables: [RecordTable], reply: @escaping @Sendable (Result<Message, DestinationError>) -> Void
  ) {
    queue.push(.other { loader in reply(loader.check(tables)) })
  }

  package func inspect(
    _ missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void
  ) {
    queue.push(.other { loader in reply(loader.inspect(missions)) })
  }

  package func ledgers(
    of missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission.Ledger?], DestinationError>) -> Void
  ) {
    queue.push(.other { loader in reply(loader.ledgers(of: missions)) }, isUrgent: true)
  }

  package func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void
  ) {
    queue.push(
      .other { loader in
        reply(
          loader.answer { rows throws(DestinationError) in try rows.missions(after: after, limit: limit) })
      })
  }

  package func readAds(
    of mission: MissionID, ad: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    reply: @escaping @Sendable (Result<Bool?, DestinationError>) -> Void
  ) {
    queue.push(
      .other { loader in
        reply(loader.answer { rows throws(DestinationError) in try rows.readAds(of: mission, ad: ad) })
      })
  }

  package func compare(
    _ mission: MissionID, with result: SpooledResult, id: JSONPointer,
    reply: @escaping @Sendable (Result<Message?, DestinationError>) -> Void
  ) {
    queue.push(.other { loader in reply(loader.compare(mission, with: result, id: id)) })
  }

  package func distrust(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void
  ) {
    queue.push(
      .other { loader in
        reply(loader.change { rows throws(DestinationError) in try rows.distrust(missions) })
      })
  }

  package func close() {
    queue.close()
    thread.join()
  }
}
