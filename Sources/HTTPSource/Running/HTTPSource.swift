import Formats
import HTTP
import HTTPAnswers
import JSONStream
import KeyTable
import MissionCore
import Placeholders
import Ports
import Threads

/// An API that starts jobs, as a section of the configuration describes it (SOURCES 2).
///
/// One call is one request, except that `find` asks a few times and that a result which cannot be read is fetched again.
/// What an answer means is decided in `Judging`; retries, waits and deadlines of stages are the engine's.
package struct HTTPSource: MissionSource {
  /// Answers that only tell of a job.
  static let controlAnswerLimit = 1 << 20
  /// Results up to this size stay in memory; larger ones go to the spool's folder.
  static let memoryLimit = 256 << 10

  let name: String
  let section: HTTPSection
  let http: any HTTPClient
  let judge: AnswerJudge
  let maker: RequestMaker
  let limits: Limits
  let timers: TimerThread
  let tell: @Sendable (Message) -> Void
  private let capacity: Int

  /// How long and how large answers may be.
  package struct Limits: Sendable {
    /// Opening a connection.
    package var connect = Duration.seconds(10)
    /// A control request, whole.
    package var response = Duration.seconds(60)
    /// No byte of a result.
    package var stalled = Duration.seconds(60)
    /// A result, whole, and the answer to a start that is one.
    package var result = Duration.seconds(6000)
    package var maxResultSize: Int64 = 4 << 30
    /// When `find` is asked, counted from the first time, and when the last answer must be there.
    package var asks: [Duration] = [.zero, .seconds(2), .seconds(6)]
    package var asksEnd = Duration.seconds(10)

    package init() {}
  }

  /// Nothing is sent yet.
  /// - Parameters:
  ///   - name: what rows and messages call it.
  ///   - tell: is given what people should know and nothing fails of.
  package init(
    _ section: HTTPSection, name: String, http: any HTTPClient, redactor: Redactor, limits: Limits,
    now: @escaping @Sendable () -> Timestamp, tell: @escaping @Sendable (Message) -> Void
  ) throws(ThreadFailure) {
    self.name = name
    self.section = section
    self.http = http
    self.limits = limits
    self.tell = tell
    capacity = section.basics.capacity ?? 1
    judge = AnswerJudge(
      name: name, credentials: ", check what its section sends as credentials", redactor: redactor, now: now)
    maker = RequestMaker(url: section.url.text, headers: section.headers ?? [], caFile: section.caFile)
    timers = try TimerThread()
  }

  package var lanes: [SourceLane] { [SourceLane(name: name, capacity: capacity)] }

  package var health: [HealthCheck] { [HTTPHealth(self).check] }

  package func close() { timers.close() }

  // MARK: Requests

  /// What placeholders stand for in the requests of a start.
  func values(_ start: MissionStart) -> PlaceholderValues {
    PlaceholderValues(
      mission: start.mission, parameters: start.parameters, attempt: start.attempt, runID: start.runID,
      idempotencyKey: start.idempotencyKey, declared: section.basics.parameters.map(\.name))
  }

  /// The same for requests about its job.
  func values(_ start: MissionStart, job id: String, kept: KeptValues) -> PlaceholderValues {
    var values = values(start)
    for name in kept.names { values[name] = kept[name].map(PlaceholderValue.text) }
    values["job"] = .text(id)
    return values
  }

  var controlDeadlines: HTTPDeadlines { HTTPDeadlines(connect: limits.connect, total: limits.response) }
  var resultDeadlines: HTTPDeadlines {
    HTTPDeadlines(connect: limits.connect, total: limits.result, stalled: limits.stalled)
  }

  /// How the records of a result, converted when it is not JSON, are found.
  var reader: DocumentReader {
    let place = section.result?.format.at ?? DocumentReader.wholeDocument
    return DocumentReader(at: place, isEmptyAllowed: true, masking: judge.redactor)
  }

  /// Sends what the section says; a request that cannot be made of the mission's values is a failure that nothing was
  /// sent for.
  func send(
    _ template: RequestTemplate, _ values: PlaceholderValues,
    receive: HTTPReceive = .memory(limit: controlAnswerLimit),
    deadlines: HTTPDeadlines, isRepeatable: Bool = true, by maker: RequestMaker? = nil,
    then: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void,
    unmade: @escaping @Sendable (SourceFailure) -> Void
  ) {
    do throws(FillingFault) {
      let request = try (maker ?? self.maker).request(
        template, values, receive: receive, deadlines: deadlines, isRepeatable: isRepeatable)
      http.send(request, reply: then)
    } catch {
      unmade(SourceFailure(.unusable, "\(template.shown) of \(name) cannot be made: \(error)"))
    }
  }
}
