import Crypto
import Failpoints
import HTTP
import MissionCore
import S3
import Spool
import Synchronization

/// Keeps audit objects in a bucket. Each `put` is one try, but for two things that cost no wait: a clock
/// that differs is mended by `S3Client`, and credentials that have run out are read once more.
public final class S3AuditStore: AuditStore {
  let client: S3Client
  let prefix: String
  let credentials: @Sendable () -> S3Credentials
  /// Grows when credentials are read anew.
  private let redactors: Mutex<Redactor>
  let thread: AuditThread

  /// `credentials` reads the credentials anew; it may block. `redactor` masks what the store echoes.
  public init(
    client: S3Client, prefix: String, credentials: @escaping @Sendable () -> S3Credentials,
    redactor: Redactor = .none
  ) throws(AuditError) {
    self.client = client
    self.prefix = prefix
    self.credentials = credentials
    redactors = Mutex(redactor)
    thread = try AuditThread()
  }

  public func put(
    _ request: AuditRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    thread.run { [self] in
      do {
        let document = try AuditDocument(request.result)
        upload(AuditObject(request, prefix: prefix), document, mayReadCredentials: true, reply: reply)
      } catch let fault as SpoolError {
        reply(.failure(AuditError(spool: fault)))
      } catch {
        let text = "the spooled result cannot be read: \(error)"
        reply(
          .failure(AuditError(code: .internalError, message: UntrustedText.clean(text, masking: redactor))))
      }
    }
  }

  private func upload(
    _ object: AuditObject, _ document: AuditDocument, mayReadCredentials: Bool,
    reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    Failpoint.reach("store.put.before")
    client.put(
      key: object.key, payload: document.payload, contentType: AuditObject.contentType,
      metadata: object.metadata
    ) { [self] result in
      Failpoint.reach("store.put.answered")
      // Whatever the store says: an object of other bytes does not count.
      if let fault = document.spoolFault { return reply(.failure(AuditError(spool: fault))) }
      switch result {
      case .success(let stored):
        reply(
          .success(
            StoredObject(
              key: object.key, etag: stored.etag ?? "", size: document.size, sha256: document.sha256)))
      case .failure(let error) where error.kind == .expiredToken && mayReadCredentials:
        thread.run { [self] in
          renewCredentials()
          upload(object, document, mayReadCredentials: false, reply: reply)
        }
      case .failure(let error):
        reply(.failure(auditError(error, doing: "PUT \(object.key)")))
      }
    }
  }

  public func key(of mission: MissionID, _ parameters: MissionParameters) -> String {
    AuditObject.key(mission, parameters, prefix: prefix)
  }

  /// What the store may echo from now on is masked before it can.
  func renewCredentials() {
    let renewed = credentials()
    let texts = [renewed.accessKey, renewed.secretKey, renewed.sessionToken ?? ""]
    redactors.withLock { $0 = $0.adding(texts.map { Secret($0) }) }
    client.replaceCredentials(renewed)
  }

  private var redactor: Redactor { redactors.withLock { $0 } }

  public func check(reply: @escaping @Sendable (Result<Void, AuditError>) -> Void) {
    let number = UInt64.random(in: .min ... .max)
    let key = AuditObject.keyPrefix(prefix) + "mission-control-probe-\(String(number, radix: 16))"
    thread.run { [self] in StoreProbe(client: client, key: key, failure: auditError).run(reply) }
  }

  func auditError(_ error: S3Error, doing what: String) -> AuditError {
    AuditError(
      code: Self.code(error.kind), message: UntrustedText.clean("\(what): \(error)", masking: redactor),
      isAgain: error.isTransient, retryAfter: error.retryAfter, slowDown: error.kind == .slowDown,
      kind: error.kind)
  }

  private static func code(_ kind: S3Error.Kind) -> ErrorCode {
    switch kind {
    case .credentials, .expiredToken: return .storeCredentials
    case .accessDenied: return .storePermissionDenied
    case .noSuchBucket: return .bucketMissing
    case .timeout: return .uploadTimedOut
    case .noSuchKey, .skewed, .slowDown, .server, .falseSuccess, .redirect, .connection, .tls, .cancelled,
      .configuration, .other:
      return .storeOther
    }
  }
}
