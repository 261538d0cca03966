import HTTP
import MissionCore

/// A worker as Mission Control uses it (SPEC 7). One call is one request: retries, waits and deadlines of
/// stages are the engine's. Replies come once, from another thread, and must return quickly.
package protocol WorkerAPI: Sendable {
  /// `POST /session`, replacing whatever session there is; replies with the session's id.
  func openSession(
    through proxy: SessionProxy?, reply: @escaping @Sendable (Result<String, SourceFailure>) -> Void)
  /// `GET /session/status`. A worker that says 404 has no session: `.terminated`.
  func sessionStatus(reply: @escaping @Sendable (Result<SessionStatus, SourceFailure>) -> Void)
  /// `DELETE /session`.
  func endSession(reply: @escaping @Sendable (Result<Void, SourceFailure>) -> Void)
  /// `POST /scrape`; replies with the job's id. Sent once, never repeated by the transport. A failure of
  /// kind `.mismatch` means that a job may run whose id could not be read.
  func startJob(
    _ parameters: MissionParameters, reply: @escaping @Sendable (Result<String, SourceFailure>) -> Void)
  /// `GET /scrape/{job_id}`. A large body is in a new file at `spillPath`, which the receiver then owns.
  func job(
    _ jobID: String, spillPath: String,
    reply: @escaping @Sendable (Result<HTTPResponse.Body, SourceFailure>) -> Void)
  /// `POST /scrape/{job_id}/cancel`.
  func cancelJob(_ jobID: String, reply: @escaping @Sendable (Result<Void, SourceFailure>) -> Void)
  /// `GET /health`.
  func health(reply: @escaping @Sendable (Result<Void, SourceFailure>) -> Void)
}

/// The proxy that a worker is asked to open its session through.
package struct SessionProxy: Sendable {
  /// `host:port`.
  package let server: String
  package let username: Secret
  package let password: Secret
  /// Whether new sessions may go through it.
  package let isActive: Bool

  package init(server: String, username: Secret, password: Secret, isActive: Bool = true) {
    self.server = server
    self.username = username
    self.password = password
    self.isActive = isActive
  }
}
