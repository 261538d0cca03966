import HTTP
import MissionCore
import Ports

/// How `check` tries proxies.
package struct ProxyProbe: Sendable {
  /// What is asked for through each; nil: it is only connected to.
  package var url: String?
  /// The URL as it may be shown.
  package var shownURL = ""
  package var connect: Duration = .seconds(10)
  package var response: Duration = .seconds(60)

  package init() {}
}

/// What `check` asks of one proxy, and its advice.
struct ProxyHealth: Sendable {
  let proxy: SessionProxy
  let probe: ProxyProbe
  let http: any HTTPClient

  var check: HealthCheck {
    HealthCheck(name: "proxy \(proxy.server)", timeout: probe.connect + probe.response) { reply in
      guard let url = probe.url else { return reply(connect()) }
      let request = HTTPRequest(
        url: url, receive: .memory(limit: 1 << 20),
        deadlines: HTTPDeadlines(connect: probe.connect, total: probe.response),
        proxy: HTTPProxy(
          server: proxy.server, username: proxy.username.reveal(), password: proxy.password.reveal()))
      http.send(request) { reply(judge($0)) }
    }
  }

  private func connect() -> HealthOutcome {
    guard let fault = TCPProbe.connect(to: proxy.server, timeout: probe.connect) else {
      return .passed("connected")
    }
    return .failed(
      fault.message, advice: fault.advice ?? "is the proxy reachable from this machine?")
  }

  private func judge(_ answer: Result<HTTPResponse, HTTPError>) -> HealthOutcome {
    switch answer {
    case .success(let response) where response.status < 400:
      return .passed("GET \(probe.shownURL) through it, answered \(response.status)")
    case .success(let response):
      let advice: Message =
        response.status == 407
        ? "check the proxy's username and password"
        : "the proxy is there; ask for proxy_check_url without it to see which of the two refuses"
      return .failed("answered \(response.status) for \(probe.shownURL)", advice: advice)
    case .failure(let error):
      return .failed(
        UntrustedText.message(error.message, limit: 400), advice: ConnectionAdvice.proxyText(error))
    }
  }
}
