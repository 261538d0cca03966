import Dates
import HTTP
import MissionCore
import Ports

/// What `check` asks of one worker, and its advice.
struct WorkerHealth: Sendable {
  let endpoint: WorkerEndpoint
  let client: WorkerClient

  var check: HealthCheck {
    HealthCheck(name: "worker \(endpoint.name)", timeout: endpoint.connect + endpoint.response) { reply in
      client.health { judged, answer in
        switch judged {
        case .success: reply(.passed("GET \(endpoint.shownURL)/health", time: Self.time(of: answer)))
        case .failure(let failure): reply(.failed(failure.message, advice: advice(answer)))
        }
      }
    }
  }

  private static func time(of answer: Result<HTTPResponse, HTTPError>) -> Timestamp? {
    guard case .success(let response) = answer else { return nil }
    return response.headers["date"].flatMap(HTTPDate.milliseconds).map { Timestamp(milliseconds: $0) }
  }

  private func advice(_ answer: Result<HTTPResponse, HTTPError>) -> String {
    switch answer {
    case .failure(let error):
      return ConnectionAdvice(
        host: endpoint.host, isPlainHTTP: endpoint.isPlainHTTP, section: "worker \(endpoint.name)"
      ).text(error)
    case .success(let response):
      switch response.status {
      case 401, 403:
        return "the worker is there but does not take this api_key: compare it with the worker's own"
      case 300..<400: return "name the final address as its url: a key is never sent on to another one"
      case 404: return "something answers at its url that is no worker: check host, port and path"
      case 500...: return "the worker is there but not well: look at its own log"
      default: return "something answers at its url that is no worker: check host, port and path"
      }
    }
  }
}
