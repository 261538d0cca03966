import MissionCore
import Ports
import Records

/// A thread's side of `PostgresDestination`: owns one connection and does one piece of work after the other.
final class PostgresLoader {
  private let link: PostgresServerLink
  private let queue: PostgresQueue
  /// Nil before the first use, and after whatever the connection or what we know of the tables may not survive.
  private var session: PostgresSession? {
    didSet {
      if oldValue == nil, session != nil { queue.connectionOpened() }
      if oldValue != nil, session == nil { queue.connectionClosed() }
    }
  }
  private var hasNoConnectionLeft = false

  init(_ link: PostgresServerLink, _ queue: PostgresQueue) {
    self.link = link
    self.queue = queue
  }

  /// Until the queue is closed, or others must do with fewer connections.
  func work() {
    defer { session = nil }
    while let work = queue.take() {
      guard perform(work) else { return }
      if session?.isLost == true { session = nil }
    }
  }

  /// False when the work was left to others.
  private func perform(_ work: PostgresWork) -> Bool {
    let deliver = work.perform(self)
    defer { hasNoConnectionLeft = false }
    if hasNoConnectionLeft, queue.retires(leaving: work) { return false }
    deliver()
    return true
  }

  func answer<R>(_ body: () throws(DestinationError) -> R) -> Result<R, DestinationError> {
    do throws(DestinationError) { return .success(try body()) } catch {
      // The tables may be mended meanwhile, so they are looked at anew.
      if error.code == .destinationDoesNotFit { session = nil }
      return .failure(error)
    }
  }

  // MARK: Loading

  func load(_ request: LoadRequest) throws(DestinationError) -> LoadOutcome {
    var transaction: PostgresSession?
    do throws(DestinationError) {
      let outcome = try request.result.withFailures { bytes, release throws(DestinationError) in
        let plan = try RowPlan(bytes, for: request.table, release: release)
        try require(request.table.name)
        let session = try begun()
        transaction = session
        return try session.load(request, plan, bytes, release: release)
      }
      // Only here the bytes are known to be the ones of the digest.
      guard let session = transaction else { return outcome }
      if outcome.wasLoadedBefore { session.rollback() } else { try commit(request, session) }
      return outcome
    } catch {
      transaction?.rollback()
      throw error
    }
  }

  /// When the connection is lost after COMMIT was sent, only the ledger knows whether it took effect.
  private func commit(_ request: LoadRequest, _ session: PostgresSession) throws(DestinationError) {
    do throws(DestinationError) { try session.commit() } catch {
      guard session.isLost else { throw error }
      self.session = nil
      var ledger: LoadedMission.Ledger?
      do throws(DestinationError) {
        ledger = try look { (fresh) throws(DestinationError) in try fresh.ledger(request.mission) }
      } catch let second {
        throw DestinationError(
          .destinationTimedOut,
          "the connection was lost after COMMIT was sent, the next try asks the ledger: \(second.message)")
      }
      guard ledger?.sha256 == request.sha256 else {
        // Not yet, or never: the next try begins with the ledger row, and waits for it where needed.
        throw DestinationError(
          .destinationTimedOut,
          "the connection was lost after COMMIT was sent and the ledger does not have the mission: \(error.message)"
        )
      }
    }
  }

  // MARK: Looking

  /// In a transaction that is rolled back: what is read belongs together, what is written was a trial.
  func look<R>(_ body: (PostgresSession) throws(DestinationError) -> R) throws(DestinationError) -> R {
    let session = try begun()
    defer { session.rollback() }
    return try body(session)
  }

  func distrust(_ missions: [MissionID]) throws(DestinationError) {
    let session = try begun()
    do throws(DestinationError) {
      try session.distrust(missions)
      try session.commit()
    } catch {
      session.rollback()
      throw error
    }
  }

  /// Makes the table when it is absent, in a transaction of its own.
  func require(_ table: TableName) throws(DestinationError) {
    if let session, session.tables.isRequired(table) { return }
    let session = try begun()
    do throws(DestinationError) {
      try session.tables.require(table, session)
      try session.commit()
      session.tables.noteRequired(table)
    } catch {
      session.rollback()
      throw error
    }
  }

  // MARK: The connection

  /// A session with a transaction begun. A connection that broke while it was idle is replaced.
  private func begun() throws(DestinationError) -> PostgresSession {
    if let session {
      do throws(DestinationError) {
        try session.begin()
        return session
      } catch {
        guard session.isLost else { throw error }
        self.session = nil
      }
    }
    let opened = try open()
    session = opened
    try opened.begin()
    return opened
  }

  private func open() throws(DestinationError) -> PostgresSession {
    let connection: LibpqConnection
    do throws(LibpqError) { connection = try link.connect() } catch {
      hasNoConnectionLeft = error.sqlState == .tooManyConnections
      throw link.error(error)
    }
    return try PostgresSession(connection, link)
  }
}
