import HTTP
import HTTPAnswers
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
        case .success: reply(.passed("GET \(endpoint.shownURL)/health", time: HealthAdvice.time(of: answer)))
        case .failure(let failure): reply(.failed(failure.message, advice: advice.text(answer)))
        }
      }
    }
  }

  private var advice: HealthAdvice {
    let isNoWorker: Message =
      "something answers at its url that is no worker: check host, port and path"
    return HealthAdvice(
      ConnectionAdvice(
        host: endpoint.host, isPlainHTTP: endpoint.isPlainHTTP, section: "worker \(endpoint.name)"),
      HealthAdvice.Words(
        credentials: "the worker is there but does not take this api_key: compare it with the worker's own",
        redirect: "name the final address as its url: a key is never sent on to another one",
        notFound: isNoWorker, unwell: "the worker is there but not well: look at its own log",
        other: isNoWorker))
  }
}
