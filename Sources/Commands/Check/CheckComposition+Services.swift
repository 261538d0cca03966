import Configuration
import HTTP
import MissionCore
import Ports
import Runs

// What answers over HTTP: workers, proxies and the store.
extension CheckComposition {
  static func worker(
    _ worker: Configuration.Worker, _ composition: RunComposition, _ http: any HTTPClient, _ limit: Duration
  ) -> CheckItem {
    let observed = ObservedClient(http)
    let api = composition.client(worker, observed)
    let now = composition.context.now
    return CheckItem(name: "worker \(worker.name)", timeout: limit) { reply in
      api.health { answer in
        switch answer {
        case .success:
          let clock = ClockDifference.remark(observed.last, now: now())
          reply(.passed("GET \(worker.url.maskedText + "/health")\(clock)"))
        case .failure(let failure):
          reply(.failed(failure.message, advice: advice(observed.last, worker)))
        }
      }
    }
  }

  private static func advice(
    _ answer: Result<HTTPResponse, HTTPError>?, _ worker: Configuration.Worker
  ) -> String {
    switch answer {
    case .failure(let error):
      return ConnectionAdvice(
        host: worker.url.host, isPlainHTTP: worker.url.isPlainHTTP, section: "worker \(worker.name)"
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
    case nil: return "is the worker running, and is its url right?"
    }
  }

  static func proxy(
    _ proxy: Configuration.Proxy, _ execution: Configuration.Execution, _ http: any HTTPClient,
    _ limit: Duration
  ) -> CheckItem {
    CheckItem(name: "proxy \(proxy.server)", timeout: limit) { reply in
      guard let url = execution.proxyCheckURL else {
        return TCPProbe.connect(to: proxy.server, timeout: execution.timeouts.connect, reply: reply)
      }
      let request = HTTPRequest(
        url: url.text, receive: .memory(limit: 1 << 20),
        deadlines: HTTPDeadlines(
          connect: execution.timeouts.connect, total: execution.timeouts.response),
        proxy: HTTPProxy(
          server: proxy.server, username: proxy.username ?? "", password: proxy.password?.reveal() ?? ""))
      http.send(request) { answer in
        switch answer {
        case .success(let response) where response.status < 400:
          reply(.passed("GET \(url.maskedText) through it, answered \(response.status)"))
        case .success(let response) where response.status == 407:
          reply(
            .failed(
              "answered \(response.status) for \(url.maskedText)",
              advice: "check the proxy's username and password"))
        case .success(let response):
          reply(
            .failed(
              "answered \(response.status) for \(url.maskedText)",
              advice: "the proxy is there; ask for proxy_check_url without it to see which of the two refuses"
            ))
        case .failure(let error):
          let words = error.isForeign ? UntrustedText.foreign(error.message, limit: 400) : error.message
          reply(.failed(words, advice: ConnectionAdvice.proxyText(error)))
        }
      }
    }
  }

  static func store(
    _ composition: RunComposition, _ http: any HTTPClient, _ limit: Duration
  ) throws(CommandFailure) -> CheckItem {
    let store = try composition.store(http)
    let now = composition.context.now
    // Three requests, and each may be signed again with the store's time.
    return CheckItem(name: "store", timeout: limit * 6) { reply in
      store.check { answer in
        switch answer {
        case .success(let checked):
          let clock = ClockDifference.remark(theirs: checked.time, ours: now())
          reply(.passed(checked.deeds + clock))
        case .failure(let error):
          reply(.failed("\(error.code.rawValue) \(error.message)", advice: error.advice ?? ""))
        }
      }
    }
  }
}
