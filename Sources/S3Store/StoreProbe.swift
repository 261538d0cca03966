import HTTP
import MissionCore
import Ports
import S3

/// Writes an object of its own, tries whether a second one of its name is refused, reads it and removes it, to see
/// whether the store can be used.
struct StoreProbe: Sendable {
  /// What it saw.
  struct Found: Sendable {
    /// The answer to the last request.
    let last: S3Object
    /// Whether the store keeps the first of two objects when it is asked to; nil when it was not asked.
    let isCreateOnly: Bool?
  }

  typealias Reply = @Sendable (Result<Found, AuditError>) -> Void

  private static let body = Array("mission-control\n".utf8)

  let client: S3Client
  let key: String
  let looksForCreateOnly: Bool
  /// Tells of an error and what was being done.
  let failure: @Sendable (S3Error, _ doing: String) -> AuditError

  func run(_ reply: @escaping Reply) {
    put(.none) { result in
      switch result {
      case .success: looksForCreateOnly ? putAgain(reply) : read(isCreateOnly: nil, reply)
      case .failure(let error): reply(.failure(failure(error, "PUT of a probe object")))
      }
    }
  }

  private func put(_ condition: S3Client.Condition, _ reply: @escaping S3Client.Reply) {
    client.put(
      key: key, payload: S3Payload(bytes: Self.body), contentType: "text/plain", condition: condition,
      reply: reply)
  }

  /// A store that knows no conditions takes it, or says that it does not know the header.
  private func putAgain(_ reply: @escaping Reply) {
    put(.new) { result in
      switch result {
      case .success: read(isCreateOnly: false, reply)
      case .failure(let error) where error.kind == .preconditionFailed: read(isCreateOnly: true, reply)
      case .failure(let error) where error.status == 501 || error.status == 400:
        read(isCreateOnly: false, reply)
      case .failure(let error): remove(after: failure(error, "PUT of a probe object"), nil, reply)
      }
    }
  }

  private func read(isCreateOnly: Bool?, _ reply: @escaping Reply) {
    client.get(key: key, receive: .memory(limit: 1 << 16)) { result in
      switch result {
      case .success(let object):
        guard case .memory(Self.body) = object.body else {
          let altered = S3Error(.other, reason: "other bytes came back than were written")
          return remove(after: failure(altered, "GET of a probe object"), isCreateOnly, reply)
        }
        remove(after: nil, isCreateOnly, reply)
      case .failure(let error): remove(after: failure(error, "GET of a probe object"), isCreateOnly, reply)
      }
    }
  }

  /// Removes the object also after a failure, which then is what is told.
  private func remove(after earlier: AuditError?, _ isCreateOnly: Bool?, _ reply: @escaping Reply) {
    client.delete(key: key) { result in
      if let earlier { return reply(.failure(earlier)) }
      switch result {
      case .success(let answer): reply(.success(Found(last: answer, isCreateOnly: isCreateOnly)))
      case .failure(let error): reply(.failure(failure(error, "DELETE of a probe object")))
      }
    }
  }
}
