import Failpoints
import HTTP
import MissionCore
import Ports
import S3

/// One object on its way into the bucket. It is created, or replaces what was read of the one before it; where the store
/// knows no conditions, whatever is there is written over (TRUST 5).
struct S3Upload: Sendable {
  typealias Reply = @Sendable (Result<StoredObject, AuditError>) -> Void

  let store: S3Store
  let object: AuditObject
  let payload: S3Payload
  /// What was wrong with the bytes while they were sent; nil when nothing was.
  let fault: @Sendable () -> SpoolError?
  /// Whatever is under the key is replaced, on purpose.
  let replaces: Bool
  let reply: Reply

  func begin() {
    Failpoint.reach("store.put.before")
    if !store.conditions.areUsed { return send(.none) }
    if !replaces { return send(.new) }
    store.find(object.key, readingBytes: false) { found in
      switch found {
      // A store that tells no ETag has nothing that the condition could name.
      case .success(let found?): send(found.etag.map { .replacing(etag: $0) } ?? .none)
      case .success(nil): send(.new)
      case .failure(let error): reply(.failure(error))
      }
    }
  }

  private func send(_ condition: S3Client.Condition, mayReadCredentials: Bool = true) {
    store.client.put(
      key: object.key, payload: payload, contentType: object.contentType, metadata: object.metadata,
      condition: condition
    ) { result in
      Failpoint.reach("store.put.answered")
      // Whatever the store says: an object of other bytes does not count.
      if let fault = fault() { return reply(.failure(AuditError(spool: fault))) }
      switch result {
      case .success(let stored): reply(.success(confirmed(stored.etag)))
      case .failure(let error) where error.kind == .expiredToken && mayReadCredentials:
        store.thread.run {
          store.renewCredentials()
          send(condition, mayReadCredentials: false)
        }
      case .failure(let error): refused(error, condition)
      }
    }
  }

  private func confirmed(_ etag: String?) -> StoredObject {
    StoredObject(key: object.key, etag: etag ?? "", size: payload.body.length, sha256: payload.sha256)
  }

  private func refused(_ error: S3Error, _ condition: S3Client.Condition) {
    switch (condition, error.kind, error.status) {
    case (.none, _, _): fail(error)
    case (.new, .preconditionFailed, _): compare(error)
    case (.replacing, .preconditionFailed, _):
      // Changed since it was read: the next try reads it again.
      fail(error, severity: .transient())
    case (_, _, 409): fail(error, severity: .transient(retryAfter: error.retryAfter))
    case (.replacing, .noSuchKey, _), (.replacing, .noEndpoint, _): send(.new)
    case (_, _, 501): sendWithout(error)
    case (_, .other, 400) where isAboutHeader(error): sendWithout(error)
    default: fail(error)
    }
  }

  /// Stores have several words for a header that they do not know.
  private func isAboutHeader(_ error: S3Error) -> Bool {
    let codes = [
      "InvalidArgument", "InvalidRequest", "NotImplemented", "UnsupportedArgument", "UnsupportedHeader",
    ]
    let text = error.description.lowercased()
    return codes.contains(error.code) || text.contains("if-none-match") || text.contains("if-match")
  }

  /// The key is taken: by our own object, whose answer was lost, or by another one, which stays.
  private func compare(_ refusal: S3Error) {
    store.find(object.key, readingBytes: false) { found in
      switch found {
      case .success(let found?) where object.isSame(as: found): reply(.success(confirmed(found.etag)))
      case .success(let found?): reply(.failure(AuditError(existing: found, insteadOf: object)))
      // Gone meanwhile.
      case .success(nil): fail(refusal, severity: .transient())
      case .failure(let error): reply(.failure(error))
      }
    }
  }

  /// The store may know no conditions: it shows when it takes the same PUT without one.
  private func sendWithout(_ refusal: S3Error) {
    guard store.conditions.wish == .auto else { return fail(refusal) }
    store.client.put(
      key: object.key, payload: payload, contentType: object.contentType, metadata: object.metadata
    ) { result in
      if let fault = fault() { return reply(.failure(AuditError(spool: fault))) }
      switch result {
      case .success(let stored):
        store.conditions.noteRefused()
        reply(.success(confirmed(stored.etag)))
      case .failure(let error): fail(error)
      }
    }
  }

  private func fail(_ error: S3Error, severity: Severity? = nil) {
    var mapped = store.auditError(error, doing: "PUT \(object.key)")
    if let severity { mapped.severity = severity }
    reply(.failure(mapped))
  }
}
