import HTTP
import MissionCore
import Ports
import S3

/// Writes, reads and removes an object of its own, to see whether the store can be used.
struct StoreProbe: Sendable {
  typealias Reply = @Sendable (Result<S3Object, AuditError>) -> Void

  private static let body = Array("mission-control\n".utf8)

  let client: S3Client
  let key: String
  /// Tells of an error and what was being done.
  let failure: @Sendable (S3Error, _ doing: String) -> AuditError

  func run(_ reply: @escaping Reply) {
    client.put(key: key, payload: S3Payload(bytes: Self.body), contentType: "text/plain") { result in
      switch result {
      case .success: read(reply)
      case .failure(let error): reply(.failure(failure(error, "PUT of a probe object")))
      }
    }
  }

  private func read(_ reply: @escaping Reply) {
    client.get(key: key, receive: .memory(limit: 1 << 16)) { result in
      switch result {
      case .success(let object):
        guard case .memory(Self.body) = object.body else {
          let altered = S3Error(.other, message: "other bytes came back than were written")
          return remove(after: failure(altered, "GET of a probe object"), reply)
        }
        remove(after: nil, reply)
      case .failure(let error): remove(after: failure(error, "GET of a probe object"), reply)
      }
    }
  }

  /// Removes the object also after a failed GET, which then is what is told.
  private func remove(after earlier: AuditError?, _ reply: @escaping Reply) {
    client.delete(key: key) { result in
      if let earlier { return reply(.failure(earlier)) }
      switch result {
      case .success(let answer): reply(.success(answer))
      case .failure(let error): reply(.failure(failure(error, "DELETE of a probe object")))
      }
    }
  }
}
