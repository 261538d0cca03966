import JSONStream
import MissionCore
import Ports
import Records
import RuntimeLibraries
import Synchronization
import Threads

/// A PostgreSQL database, 12 or newer, as the destination.
///
/// Loads that wait together are done side by side, each in a transaction of its own on a connection of its own, up to
/// `PostgresSettings.connectionLimit`; each connection has a thread. Threads and connections come when they are
/// needed. What may be told of a result by looking at its bytes is `RowPlan`'s, what of the tables `PostgresSchema`'s.
package final class PostgresDestination: Destination, Inspectable {
  private let link: PostgresServerLink
  private let queue: PostgresQueue
  private let threads = Mutex<[OwnedThread]>([])

  /// Binds libpq; connects when it is first needed.
  /// - Throws: when libpq is not installed, or does not understand the connection string.
  package convenience init(_ settings: PostgresSettings) throws(DestinationError) {
    try self.init(settings, libraries: ["libpq.so.5"])
  }

  /// - Parameter libraries: the names under which libpq is looked for; for tests of one that is not there.
  package init(_ settings: PostgresSettings, libraries: [String]) throws(DestinationError) {
    let libpq: Libpq
    do throws(DynamicLibraryError) { libpq = try Libpq(from: libraries) } catch {
      throw DestinationError(
        .destinationRefused, "a PostgreSQL destination needs libpq: \(error)",
        advice: "apt-get install libpq5")
    }
    guard Conninfo.isUnderstood(settings.connectionString, by: libpq) else {
      throw DestinationError(
        .destinationRefused, "libpq does not understand storage_db.connection_string",
        advice:
          "check its keywords, and that special characters are percent-encoded in a URL or quoted in key=value"
      )
    }
    link = PostgresServerLink(settings, libpq: libpq)
    queue = PostgresQueue(limit: settings.connectionLimit)
  }

  deinit { queue.close() }

  package var inspectable: (any Inspectable)? { self }

  package func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  ) {
    add(PostgresWork(reply: reply) { (loader) throws(DestinationError) in try loader.load(request) })
  }

  package func check(
    _ tables: [RecordTable], reply: @escaping @Sendable (Result<Message, DestinationError>) -> Void
  ) {
    add(
      PostgresWork(reply: reply) { (loader) throws(DestinationError) in
        for table in tables { try loader.require(table.name) }
        return try loader.look { (session) throws(DestinationError) in
          for table in tables { try session.probe(table) }
          return session.serverText
        }
      })
  }

  package func inspect(
    _ missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void
  ) {
    look(reply) { (session) throws(DestinationError) in try session.inspect(missions) }
  }

  package func ledgers(
    of missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission.Ledger?], DestinationError>) -> Void
  ) {
    look(reply, isQuick: true) { (session) throws(DestinationError) in try session.ledgers(of: missions) }
  }

  package func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void
  ) {
    look(reply) { (session) throws(DestinationError) in try session.missions(after: after, limit: limit) }
  }

  package func compare(
    _ mission: MissionID, with result: SpooledResult, id: JSONPointer,
    reply: @escaping @Sendable (Result<Message?, DestinationError>) -> Void
  ) {
    look(reply) { (session) throws(DestinationError) in
      let name = try session.ledger(mission)?.table ?? .ads
      let isThere = try session.tables.isThere(name, session)
      return try result.withPlannedBytes(for: RecordTable(name: name, id: id)) {
        bytes, plan throws(DestinationError) in
        guard isThere else { return plan.rows == 0 ? nil : RowDifference(in: name).count(0, of: plan.rows) }
        return try PostgresComparison(session, name, mission).firstDifference(from: plan, bytes)
      }
    }
  }

  package func distrust(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void
  ) {
    add(PostgresWork(reply: reply) { (loader) throws(DestinationError) in try loader.distrust(missions) })
  }

  private func look<Value: Sendable>(
    _ reply: @escaping @Sendable (Result<Value, DestinationError>) -> Void, isQuick: Bool = false,
    _ body: @escaping @Sendable (PostgresSession) throws(DestinationError) -> Value
  ) {
    add(
      PostgresWork(reply: reply) { (loader) throws(DestinationError) in try loader.look(body) },
      isQuick: isQuick)
  }

  package func close() {
    queue.close()
    for thread in threads.withLock({ $0 }) { thread.join() }
  }

  private func add(_ work: PostgresWork, isQuick: Bool = false) {
    guard queue.add(work, isQuick: isQuick) else { return }
    // Made on its thread: the connection never leaves it.
    do throws(ThreadFailure) {
      let thread = try OwnedThread.start { [link, queue] in PostgresLoader(link, queue).work() }
      threads.withLock { $0.append(thread) }
    } catch {
      let error = DestinationError(.destinationOther, "no thread could be started for a connection")
      for work in queue.threadIsMissing() { work.fail(error) }
    }
  }
}
