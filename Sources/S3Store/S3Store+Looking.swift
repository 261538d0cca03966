import Glibc
import HTTP
import MissionCore
import Ports
import S3
import WebServices

// What `verify` asks. As with `put`, credentials that have run out are read once more.
extension S3Store {
  /// Bytes of a refusal's body that are kept to be understood.
  private static let refusalLimit = 64 << 10

  package func find(
    _ key: String, readingBytes: Bool,
    reply: @escaping @Sendable (Result<FoundObject?, AuditError>) -> Void
  ) {
    let digest = BodyDigest()
    ask { [client] answer in
      if readingBytes {
        client.get(key: key, receive: .pass(to: digest, keeping: Self.refusalLimit), reply: answer)
      } else {
        client.head(key: key, reply: answer)
      }
    } reply: { [self] result in
      switch result {
      case .success(let object):
        var found = FoundObject(etag: object.etag, size: object.size, metadata: object.metadata)
        if readingBytes { (found.sha256, found.size) = digest.result }
        reply(.success(found))
      case .failure(let error) where error.kind == .noSuchKey:
        // The answer to HEAD has no body and leaves open whether it is the bucket that is missing.
        readingBytes ? reply(.success(nil)) : find(key, readingBytes: true, reply: reply)
      case .failure(let error):
        reply(.failure(auditError(error, doing: "\(readingBytes ? "GET" : "HEAD") \(key)")))
      }
    }
  }

  package func fetch(
    _ key: String, to path: String, maxSize: Int64,
    reply: @escaping @Sendable (Result<Bool, AuditError>) -> Void
  ) {
    // An error's own text may be longer than the object that is asked for.
    let limit = max(maxSize, Int64(Self.refusalLimit))
    ask { [client] answer in
      client.get(key: key, receive: .spill(memoryLimit: 0, path: path, maxSize: limit), reply: answer)
    } reply: { [self] result in
      switch result {
      case .success(let object):
        guard case .file(_, let size) = object.body else { return reply(.success(false)) }
        guard size <= maxSize else {
          unlink(path)
          let rule: Message = "the body has \(size) bytes or more, \(maxSize) are allowed"
          return reply(.failure(AuditError(code: .storeOther, message: "GET \(key): \(rule)")))
        }
        reply(.success(true))
      case .failure(let error) where error.kind == .noSuchKey: reply(.success(false))
      case .failure(let error): reply(.failure(auditError(error, doing: "GET \(key)")))
      }
    }
  }

  package func remove(_ key: String, reply: @escaping @Sendable (Result<Void, AuditError>) -> Void) {
    ask { [client] answer in
      client.delete(key: key, reply: answer)
    } reply: { [self] result in
      reply(result.map { _ in }.mapError { auditError($0, doing: "DELETE \(key)") })
    }
  }

  package func list(
    prefix: String?, token: String?, reply: @escaping @Sendable (Result<ObjectPage, AuditError>) -> Void
  ) {
    let prefix = AuditObject.keyPrefix(prefix ?? self.prefix)
    ask { [client] answer in
      client.list(prefix: prefix, token: token, reply: answer)
    } reply: { [self] result in
      reply(
        result.map { ObjectPage(keys: $0.entries.map(\.key), next: $0.next) }
          .mapError { auditError($0, doing: "list of \(prefix)") })
    }
  }

  /// Sends a request, and once more with new credentials when the old ones have run out.
  private func ask<Answer: Sendable>(
    _ send: @escaping @Sendable (@escaping @Sendable (Result<Answer, S3Error>) -> Void) -> Void,
    reply: @escaping @Sendable (Result<Answer, S3Error>) -> Void
  ) {
    send { [self] result in
      guard case .failure(let error) = result, error.kind == .expiredToken else { return reply(result) }
      thread.run { [self] in
        renewCredentials()
        send(reply)
      }
    }
  }
}
