import Crypto
import Dates
import Failpoints
import HTTP
import MissionCore
import Ports
import S3
import Synchronization
import Threads
import WebServices

/// Keeps audit objects in a bucket. Each `put` is one try, but for two things that cost no wait: a clock
/// that differs is mended by `S3Client`, and credentials that have run out are read once more.
package final class S3Store: AuditStore {
  let client: S3Client
  package let prefix: String
  let conditions: Conditions
  private let advice: S3StoreAdvice
  let credentials: @Sendable () -> S3Credentials
  /// Grows when credentials are read anew.
  private let redactors: Mutex<Redactor>
  /// Lays large objects out, hashes and signs them, so that neither the engine nor the transfers wait for it.
  let thread: JobThread

  /// Results that are in memory are laid out by whoever asks, up to this size: a hand-over to a thread takes longer.
  private static let largestAtOnce: Int64 = 64 << 10

  /// `credentials` reads the credentials anew; it may block. `redactor` masks what the store echoes.
  package init(
    client: S3Client, prefix: String, createOnly: CreateOnly = .auto,
    credentials: @escaping @Sendable () -> S3Credentials,
    redactor: Redactor = .none,
    advice: S3StoreAdvice = S3StoreAdvice()
  ) throws(AuditError) {
    self.client = client
    self.prefix = prefix
    conditions = Conditions(createOnly)
    self.advice = advice
    self.credentials = credentials
    redactors = Mutex(redactor)
    do throws(ThreadFailure) { thread = try JobThread() } catch {
      throw AuditError(code: .internalError, message: "the audit thread could not be started: \(error)")
    }
  }

  package func put(
    _ request: AuditRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    if request.result.isInMemory, request.result.size <= Self.largestAtOnce {
      upload(request, reply)
    } else {
      thread.run { [self] in upload(request, reply) }
    }
  }

  private func upload(
    _ request: AuditRequest, _ reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    do {
      let document = try AuditDocument(request.result)
      let object = AuditObject(request, prefix: prefix, bodySHA256: document.sha256)
      S3Upload(
        store: self, object: object,
        payload: S3Payload(body: document.body, sha256: document.sha256), fault: { document.spoolFault },
        replaces: request.replaces, reply: reply
      ).begin()
    } catch let fault as SpoolError {
      reply(.failure(AuditError(spool: fault)))
    } catch {
      let words = UntrustedText.foreign("\(error)", masking: redactor)
      reply(
        .failure(
          AuditError(code: .internalError, message: "the spooled result cannot be read: \(words)")))
    }
  }

  package func put(
    _ request: KeptFileRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    thread.run { [self] in
      let file = KeptFileBody(request)
      S3Upload(
        store: self, object: AuditObject(request, prefix: prefix),
        payload: S3Payload(body: file.body, sha256: file.sha256), fault: { file.spoolFault },
        replaces: request.replaces, reply: reply
      ).begin()
    }
  }

  /// What the store may echo from now on is masked before it can.
  func renewCredentials() {
    let renewed = credentials()
    let texts = [renewed.accessKey, renewed.secretKey, renewed.sessionToken ?? ""]
    redactors.withLock { $0 = $0.adding(texts.map { Secret($0) }) }
    client.replaceCredentials(renewed)
  }

  private var redactor: Redactor { redactors.withLock { $0 } }

  package func check(reply: @escaping @Sendable (Result<CheckedStore, AuditError>) -> Void) {
    probe { [advice, conditions] answer in
      reply(
        answer.flatMap { found in
          if let error = Self.brokenRequirement(conditions.wish, found) { return .failure(error) }
          let remark: Message =
            found.isCreateOnly == false ? "; it does not keep create-only writing" : ""
          return .success(
            CheckedStore(
              deeds: "wrote, read and removed a probe object in \(advice.bucket)" + remark,
              time: found.last.headers["date"].flatMap(HTTPDate.milliseconds)
                .map(Timestamp.init(milliseconds:))))
        })
    }
  }

  package func requirements(reply: @escaping @Sendable (Result<Void, AuditError>) -> Void) {
    guard conditions.wish == .required else { return reply(.success(())) }
    probe { answer in
      reply(
        answer.flatMap { found in
          Self.brokenRequirement(.required, found).map { Result<Void, AuditError>.failure($0) }
            ?? .success(())
        })
    }
  }

  private func probe(_ reply: @escaping @Sendable (Result<StoreProbe.Found, AuditError>) -> Void) {
    let number = UInt64.random(in: .min ... .max)
    let key = AuditObject.keyPrefix(prefix) + "mission-control-probe-\(String(number, radix: 16))"
    thread.run { [self] in
      StoreProbe(
        client: client, key: key, looksForCreateOnly: conditions.wish != .off, failure: auditError
      ).run(reply)
    }
  }

  private static func brokenRequirement(_ wish: CreateOnly, _ found: StoreProbe.Found) -> AuditError? {
    guard wish == .required, found.isCreateOnly != true else { return nil }
    return AuditError(
      code: .storeOther,
      message: "the store does not keep create-only writing, which storage_s3.create_only requires",
      severity: .fatalToRun(.configuration),
      advice: "name another store, or set storage_s3.create_only to auto")
  }

  func auditError(_ error: S3Error, doing what: String) -> AuditError {
    var message = message(what, error)
    if let body = error.body { message += ": \(UntrustedText.foreign(body, masking: redactor))" }
    return AuditError(
      code: Self.code(error.kind), message: message,
      severity: severity(error), advice: advice.text(error))
  }

  /// A store that asks for fewer requests gets a second without any.
  private func severity(_ error: S3Error) -> Severity? {
    guard error.isTransient else { return nil }
    return .transient(retryAfter: error.retryAfter ?? (error.kind == .slowDown ? .seconds(1) : nil))
  }

  /// The key is ours; the words of the store are masked and cut where they come in.
  private func message(_ what: String, _ error: S3Error) -> Message {
    let redactor = redactor
    return UntrustedText.message(
      "\(what): \(UntrustedText.excerpts(in: error.summary, masking: redactor))" as Message,
      masking: redactor)
  }

  private static func code(_ kind: S3Error.Kind) -> ErrorCode {
    switch kind {
    case .credentials, .expiredToken: return .storeCredentials
    case .accessDenied: return .storePermissionDenied
    case .noSuchBucket, .noEndpoint: return .bucketMissing
    case .timeout: return .uploadTimedOut
    case .noSuchKey, .skewed, .slowDown, .server, .falseSuccess, .redirect, .connection, .tls, .cancelled,
      .configuration, .preconditionFailed, .conflict, .other:
      return .storeOther
    }
  }
}
