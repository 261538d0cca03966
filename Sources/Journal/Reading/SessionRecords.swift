import MissionCore
import SQLite

/// A worker's open session as the journal knows it.
public struct WorkerSessionRecord: Hashable, Sendable {
  public let worker: String
  public let sessionID: String
  /// The proxy's `server`.
  public let proxy: String?
  /// How often `POST /scrape` was about to be sent in it.
  public let served: Int
  /// It failed and must be ended before the worker is used again.
  public let isTainted: Bool
  public let openedAt: Timestamp

  static func all(_ connection: SQLiteConnection) throws -> [WorkerSessionRecord] {
    let rows = try connection.prepare(
      "SELECT worker, session_id, proxy, served, tainted, opened_at FROM sessions ORDER BY worker")
    var sessions: [WorkerSessionRecord] = []
    while try rows.step() {
      sessions.append(
        WorkerSessionRecord(
          worker: rows.text(0) ?? "", sessionID: rows.text(1) ?? "", proxy: rows.text(2), served: rows.int(3),
          isTainted: rows.integer(4) != 0, openedAt: Timestamp(milliseconds: rows.integer(5))))
    }
    return sessions
  }
}

/// A proxy's record, by which the next one is chosen.
public struct ProxyRecord: Hashable, Sendable {
  public let server: String
  /// Of all time.
  public let failures: Int
  public let lastUsedAt: Timestamp?
  /// By which it is judged.
  public let recentFailures: ProxyFailures

  static func all(_ connection: SQLiteConnection) throws -> [ProxyRecord] {
    let rows = try connection.prepare(
      """
      SELECT server, failures, last_used_at, recent_failures, last_failed_at FROM proxies ORDER BY server
      """)
    var proxies: [ProxyRecord] = []
    while try rows.step() {
      proxies.append(
        ProxyRecord(
          server: rows.text(0) ?? "", failures: rows.int(1), lastUsedAt: rows.time(2),
          recentFailures: ProxyFailures(count: rows.double(3), lastAt: rows.time(4))))
    }
    return proxies
  }
}
