import HTTP
import HTTPAnswers
import KeyTable
import MissionCore
import Placeholders
import Ports

/// What `check` asks of an API, and its advice.
struct HTTPHealth: Sendable {
  private let source: HTTPSource
  private let url: ServiceURL

  init(_ source: HTTPSource) {
    self.source = source
    url = source.section.url
  }

  var check: HealthCheck {
    let limits = source.limits
    return HealthCheck(name: "source \(source.name)", timeout: limits.connect + limits.response) { reply in
      guard let health = source.section.health else { return connect(reply) }
      source.send(health.request, values, deadlines: source.controlDeadlines, by: maker) { answer in
        switch source.judge.body(of: answer, health.request.shown) {
        case .success:
          reply(.passed("\(health.request.shown), \(url.maskedText)", time: HealthAdvice.time(of: answer)))
        case .failure(let failure): reply(.failed(failure.message, advice: advice.text(answer)))
        }
      } unmade: {
        reply(.failed($0.message, advice: "look at its headers in the configuration"))
      }
    }
  }

  /// Without a request that it may be asked only the connection and its certificate are tried: nothing is told to it but
  /// that somebody is there.
  private func connect(_ reply: @escaping @Sendable (HealthOutcome) -> Void) {
    let request = HTTPRequest(
      method: .head, url: url.text, deadlines: source.controlDeadlines, caFile: source.section.caFile)
    source.http.send(request) { answer in
      switch answer {
      case .success:
        reply(
          .passed(
            "connected to \(url.maskedText), which answers; a health request would tell more",
            time: HealthAdvice.time(of: answer)))
      case .failure(let error):
        reply(.failed(source.judge.words(error), advice: advice.text(answer)))
      }
    }
  }

  /// Headers that need a mission are left out.
  private var maker: RequestMaker {
    let headers = source.maker.headers.filter { $0.value.value.names.allSatisfy { $0 == "source" } }
    return RequestMaker(url: source.maker.url, headers: headers, caFile: source.maker.caFile)
  }

  /// All that a request without a mission may say.
  private var values: PlaceholderValues {
    var values = PlaceholderValues()
    values["source"] = .text(source.name)
    return values
  }

  private var advice: HealthAdvice {
    HealthAdvice(
      ConnectionAdvice(host: url.host, isPlainHTTP: url.isPlainHTTP, section: "sources.\(source.name)"),
      HealthAdvice.Words(
        credentials: "the API is there but does not take these credentials: compare them with its own",
        redirect: "name the final address as its url: credentials are never sent on to another one",
        notFound: "something answers at its url that does not know this path: check url and health",
        unwell: "the API is there but not well: look at its own log",
        other: "something answers at its url that does not take this request: check url and health"))
  }
}
