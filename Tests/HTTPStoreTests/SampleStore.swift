import HTTP
import KeyTable
import MissionCore
import Ports
import WebServices
import YAML

@testable import HTTPStore

/// A store as a section opens it.
func store(
  _ url: String, prefix: String = "scrapes", headers: [HeaderField] = [], secrets: [String] = []
) throws -> HTTPStore {
  let http = try CurlClient()
  var service = WebService(
    url: url, headers: headers, http: http, redactor: Redactor(secrets: secrets.map { Secret($0) }),
    now: { Timestamp(milliseconds: 1_740_800_000_000) })
  service.response = .seconds(10)
  service.upload = .seconds(30)
  return try HTTPStore(WebFolder(service, host: "127.0.0.1", isPlainHTTP: true), prefix: prefix)
}

extension HTTPStore {
  func found(_ key: String, readingBytes: Bool = false) async throws -> FoundObject? {
    try await withCheckedThrowingContinuation { continuation in
      find(key, readingBytes: readingBytes) { continuation.resume(with: $0) }
    }
  }

  func checked() async -> Result<CheckedStore, AuditError> {
    await withCheckedContinuation { continuation in check { continuation.resume(returning: $0) } }
  }

  func page(_ token: String? = nil) async throws -> ObjectPage {
    try await withCheckedThrowingContinuation { continuation in
      list(prefix: nil, token: token) { continuation.resume(with: $0) }
    }
  }
}

extension Result where Failure == AuditError {
  var failure: AuditError? {
    if case .failure(let error) = self { return error }
    return nil
  }
}
