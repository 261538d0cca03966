import MissionCore
import Threads

/// What tests ask of the simulator itself, on the worker port and without a key.
extension WorkerService {
  func control(_ name: String, _ head: RequestHead, _ body: [UInt8]) -> Response {
    switch name {
    case "POST script": return replaceScript(body)
    case "POST reset":
      reset()
      return .json(200, "{\"ok\":true}")
    case "GET stats":
      let now = Moment.now
      return .json(200, statistics.json(live: workers.map { ($0.name, $0.liveCount(at: now)) }))
    case "GET ads": return ads(head)
    case "GET writer": return writer.contents
    default:
      return .error(404, "control knows POST script, POST reset, GET stats, GET ads and GET writer")
    }
  }

  private func replaceScript(_ body: [UInt8]) -> Response {
    do throws(ScriptProblem) {
      let rules = try FaultScript.parse(body)
      script.replace(rules)
      return .json(200, "{\"rules\":\(rules.count)}")
    } catch {
      return .error(400, "\(error)")
    }
  }

  /// The array `data` that a mission of these parameters finds, for tests to compare with:
  /// `/control/ads?start=2025-01-01&end=2025-01-01&format=video&languages=pt,eng`, format and languages as far as the
  /// mission has them; what else is named is a parameter.
  private func ads(_ head: RequestHead) -> Response {
    var values: [Substring: Substring] = [:]
    for pair in (head.query ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    guard let start = values["start"].flatMap({ CalendarDay($0) }),
      let end = values["end"].flatMap({ CalendarDay($0) })
    else { return .error(400, "start and end are needed") }
    let parameters = MissionParameters(
      dateStart: start, dateEnd: end,
      mediaType: values["format"].flatMap { MediaType(rawValue: String($0)) },
      languages: (values["languages"] ?? "").split(separator: ",").map(String.init),
      values: ParameterValues(
        values.filter { !["start", "end", "format", "languages"].contains($0.key) }.map {
          ParameterValues.Entry(name: String($0.key), value: .text(String($0.value)))
        }))
    return .json(200, AdsDocument(parameters, settings.ads).data())
  }
}
