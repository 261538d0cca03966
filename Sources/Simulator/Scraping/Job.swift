import MissionCore
import Threads

/// One scrape on a worker. Its phase is worked out from the time that has passed; nothing ticks.
final class Job {
  let id: String
  let parameters: MissionParameters
  /// Which start of its mission this is, from 1.
  let attempt: Int
  private let fate: JobFate
  private let startedAt: Moment
  private let takes: Duration
  let result: JobResult
  /// The status it was given from outside: cancelled, or failed with its session.
  private var forced: String?

  init(
    id: String, parameters: MissionParameters, attempt: Int, fate: JobFate, startedAt: Moment,
    takes: Duration, result: JobResult
  ) {
    self.id = id
    self.parameters = parameters
    self.attempt = attempt
    self.fate = fate
    self.startedAt = startedAt
    self.takes = takes
    self.result = result
  }

  func status(at now: Moment) -> String {
    if let forced { return forced }
    let age = now - startedAt
    if case .ends(let status) = fate, age >= takes / 5 * 3 { return status }
    if fate == .completes, age >= takes { return result.isEmpty ? "empty" : "completed" }
    if age < takes / 20 { return "pending" }
    return age < takes / 7 ? "queued" : "running"
  }

  /// Whether it takes one of the worker's places.
  func isLive(at now: Moment) -> Bool {
    switch status(at: now) {
    case "completed", "empty", "failed", "cancelled": return false
    default: return true
    }
  }

  /// Whether there is a result to fetch.
  func isFinished(at now: Moment) -> Bool { ["completed", "empty"].contains(status(at: now)) }

  /// Ends it as `status` unless it has ended.
  func end(as status: String, at now: Moment) {
    if isLive(at: now) { forced = status }
  }
}

/// What a job finds.
struct JobResult {
  let parameters: MissionParameters
  let settings: AdsSettings
  /// How many ads it finds, when a rule says so.
  var forcedCount: Int?
  /// JSON text that stands for `data`, when a rule says so.
  var forcedData: String?

  var isEmpty: Bool { forcedData == nil && document.count == 0 }

  private var document: AdsDocument { AdsDocument(parameters, settings, count: forcedCount) }

  /// The answer of the finished job; `announced` replaces the number of ads it speaks of.
  func answer(announcing announced: Int?) -> Response.Body {
    guard let forcedData else { return document.answer(announcing: announced) }
    let elements = (try? JSONParser.parse(forcedData))?.elements?.count  // no array: the count is left at 0
    let count = announced ?? elements ?? 0
    return .bytes(Array("{\"status\":\"completed\",\"ads_count\":\(count),\"data\":\(forcedData)}".utf8))
  }
}
