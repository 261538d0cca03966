import Glibc
import HTTP
import Testing

extension HTTPClient {
  /// Sends and waits for the reply.
  func result(_ request: HTTPRequest) async -> Result<HTTPResponse, HTTPError> {
    await withCheckedContinuation { continuation in
      send(request) { continuation.resume(returning: $0) }
    }
  }

  func answer(_ request: HTTPRequest) async throws -> HTTPResponse { try await result(request).get() }

  func failure(_ request: HTTPRequest) async throws -> HTTPError {
    switch await result(request) {
    case .success(let response): throw UnexpectedAnswer(status: response.status)
    case .failure(let error): return error
    }
  }
}

struct UnexpectedAnswer: Error {
  let status: Int
}

extension HTTPResponse {
  var text: String? {
    guard case .memory(let bytes) = body else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A path in a new folder that nothing else uses.
func freshPath(_ name: String) -> String {
  var template = Array("/tmp/http-tests-XXXXXX".utf8CString)
  return template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) } + "/" + name
}

func ok(_ body: String, _ fields: String = "") -> String {
  "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}
