import MissionCore
import SQLite

/// Writes what is known of workers' sessions and of proxies.
final class SessionWriter {
  private let open: SQLiteStatement
  private let serve: SQLiteStatement
  private let taint: SQLiteStatement
  private let end: SQLiteStatement
  private let useProxy: SQLiteStatement
  private let failProxy: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    open = try connection.prepare(
      """
      INSERT OR REPLACE INTO sessions (worker, session_id, proxy, opened_at) VALUES (?, ?, ?, ?)
      """, isPersistent: true)
    serve = try connection.prepare("UPDATE sessions SET served = ?2 WHERE worker = ?1", isPersistent: true)
    taint = try connection.prepare("UPDATE sessions SET tainted = 1 WHERE worker = ?1", isPersistent: true)
    end = try connection.prepare("DELETE FROM sessions WHERE worker = ?1", isPersistent: true)
    useProxy = try connection.prepare(
      """
      INSERT INTO proxies (server, last_used_at) VALUES (?1, ?2)
      ON CONFLICT (server) DO UPDATE SET last_used_at = excluded.last_used_at
      """, isPersistent: true)
    failProxy = try connection.prepare(
      """
      INSERT INTO proxies (server, failures, last_used_at, recent_failures, last_failed_at)
      VALUES (?1, 1, ?3, ?2, ?3)
      ON CONFLICT (server) DO UPDATE SET failures = failures + 1, recent_failures = ?2, last_failed_at = ?3
      """, isPersistent: true)
  }

  func opened(worker: String, sessionID: String, proxy: String?, at time: Timestamp) throws {
    try open.bind(worker, at: 1)
    try open.bind(sessionID, at: 2)
    try open.bind(proxy, at: 3)
    try open.bind(time, at: 4)
    try open.run()
  }

  /// Nothing happens when the session has ended meanwhile: what it served does not matter any more.
  func served(worker: String, _ count: Int) throws {
    try serve.bind(worker, at: 1)
    try serve.bind(count, at: 2)
    try serve.run()
  }

  func tainted(worker: String) throws {
    try taint.bind(worker, at: 1)
    try taint.run()
  }

  func ended(worker: String) throws {
    try end.bind(worker, at: 1)
    try end.run()
  }

  func used(proxy: String, at time: Timestamp) throws {
    try useProxy.bind(proxy, at: 1)
    try useProxy.bind(time, at: 2)
    try useProxy.run()
  }

  /// Counts one more, and keeps what is remembered of all of them.
  func failed(proxy: String, _ failures: ProxyFailures) throws {
    try failProxy.bind(proxy, at: 1)
    try failProxy.bind(failures.count, at: 2)
    try failProxy.bind(failures.lastAt?.milliseconds, at: 3)
    try failProxy.run()
  }
}
