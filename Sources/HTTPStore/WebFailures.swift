import Dates
import HTTP
import MissionCore
import Ports
import WebServices

/// What a refusal or no answer at all means for the store; the FAULTS table's rows are decided here, and nothing is sent.
struct WebFailures: Sendable {
  let service: WebService
  let advice: ConnectionAdvice

  func refusal(_ response: HTTPResponse, doing what: String) -> AuditError {
    let (code, severity) = meaning(of: response)
    return AuditError(
      code: code, message: "\(what): \(service.told(response))", severity: severity,
      advice: advice(response.status))
  }

  private func meaning(of response: HTTPResponse) -> (ErrorCode, Severity?) {
    let asked = service.retryAfter(response)
    switch response.status {
    case 401, 407: return (.storeCredentials, nil)
    case 403: return (.storePermissionDenied, nil)
    // Nobody is at home there; what stands before the server says so also while it is renewed.
    case 404, 410: return (.bucketMissing, .transient())
    case 409, 423: return (.storeOther, .transient(retryAfter: asked))
    case 429, 503: return (.storeOther, .transient(retryAfter: asked ?? .seconds(1)))
    // What will not be better in a moment: a method or a version that is not known, no room.
    case 501, 505, 507: return (.storeOther, .permanent)
    case 408, 425, 499, 500...: return (.storeOther, .transient(retryAfter: asked))
    // A success that is none: nothing was promised.
    case 200..<300: return (.storeOther, .transient())
    default: return (.storeOther, nil)
    }
  }

  private func advice(_ status: Int) -> Message {
    switch status {
    case 401, 407: return "check what storage_http.headers sends as credentials"
    case 403: return "let these credentials write, read and delete below storage_http.url"
    case 404, 409, 410: return "make the folder that storage_http.url names, or check the URL"
    case 405, 501:
      return "the server must take PUT, HEAD, GET and DELETE there: switch WebDAV on, or check the URL"
    case 413: return "let the server take larger bodies (nginx: client_max_body_size)"
    case 507: return "free some space on the server"
    case 429, 500...: return "the server is there but busy or not well: try again in a minute"
    case 300..<400: return "redirects are not followed: write the URL that it leads to as storage_http.url"
    default: return "does storage_http.url name a server that takes PUT?"
    }
  }

  func noAnswer(_ error: HTTPError, doing what: String) -> AuditError {
    let message: Message = "\(what): \(service.told(error))"
    let text = advice.text(error)
    switch error.kind {
    case .connectTimeout, .responseTimeout, .stalled:
      return AuditError(code: .uploadTimedOut, message: message, severity: .transient(), advice: text)
    case .resolve, .connect, .reset, .partialBody:
      return AuditError(code: .storeOther, message: message, severity: .transient(), advice: text)
    case .tls, .cancelled, .tooLarge, .headersTooLarge, .fileWrite, .sendFailed, .exhausted, .invalidRequest,
      .other:
      return AuditError(code: .storeOther, message: message, advice: text)
    }
  }
}
