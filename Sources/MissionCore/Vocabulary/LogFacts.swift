/// What a log line is about, for programs that read it.
public struct LogFacts: Hashable, Sendable {
  /// What happened, as the journal calls it, or what a run did.
  public var event: Event?
  public var mission: MissionID?
  public var source: String?
  public var dateStart: CalendarDay?
  /// From 1 on.
  public var attempt: Int?
  public var code: ErrorCode?
  public var worker: String?
  public var proxy: String?
  /// How long it took.
  public var seconds: Double?
  public var runID: String?
  /// What happens to every mission when all is well: of interest to programs, and to a person who asked for everything.
  public var isRoutine = false

  /// What a line of the log tells of.
  public enum Event: Hashable, Sendable {
    case mission(EventKind)
    case runStarted
    case runEnded

    var name: String {
      switch self {
      case .mission(let kind): return kind.rawValue
      case .runStarted: return "RUN_STARTED"
      case .runEnded: return "RUN_ENDED"
      }
    }
  }

  public init(_ event: Event? = nil) { self.event = event }

  /// What is known, under the names that log lines have.
  package var details: EventDetails {
    var details: EventDetails = []
    func add(_ key: String, _ text: String?) {
      if let text { details.append((key, .text(text))) }
    }
    add("event", event?.name)
    add("mission", mission?.description)
    add("source", source)
    add("date_start", dateStart?.description)
    if let attempt { details.append(("attempt", .integer(Int64(attempt)))) }
    add("code", code?.rawValue)
    add("worker", worker)
    add("proxy", proxy)
    if let seconds { details.append(("seconds", .seconds((seconds * 1000).rounded() / 1000))) }
    add("run_id", runID)
    return details
  }
}
