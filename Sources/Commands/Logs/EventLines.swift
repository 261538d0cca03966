import JSONStream
import Journal
import Kind
import MissionCore
import Report

/// Prints events a line each, each once, and what failed programs wrote to their standard error.
struct EventLines {
  private let context: CommandContext
  private let work: WorkFolder
  private(set) var latest: Timestamp?
  /// Of `latest`, those that were printed.
  private var printed: Set<LoggedEvent> = []
  /// In the order in which they failed.
  private var failed: [MissionID] = []

  init(_ context: CommandContext, _ work: WorkFolder) {
    self.context = context
    self.work = work
  }

  mutating func add(_ logged: LoggedEvent) {
    if logged.event.at != latest { printed = [] }
    latest = logged.event.at
    guard printed.insert(logged).inserted else { return }
    if logged.event.kind == .failed, !failed.contains(logged.mission), failed.count < Self.mostErrors {
      failed.append(logged.mission)
    }
    context.print(context.common.output == .json ? Self.json(logged) : text(logged))
  }

  /// Programs whose standard error is shown at most.
  private static let mostErrors = 100

  /// What is kept of the programs of missions that failed.
  func addErrors() throws(CommandFailure) {
    for mission in failed {
      guard let text = work.keptError(of: mission) else { continue }
      let lines = text.split(whereSeparator: \.isNewline).map { UntrustedText.clean(String($0), limit: 1000) }
      if context.common.output == .json {
        context.print(Self.json(mission, lines))
      } else {
        context.print("\n\(context.answers.programError) \(mission)\n")
        for line in lines { context.print("  \(line)\n") }
      }
    }
  }

  /// `31 Jan 2026 10:11:12.123  4f1d90ab  2025-03-01  SCRAPE_COMPLETED  ads_count=20 …`.
  private func text(_ logged: LoggedEvent) -> String {
    let numbers = context.phrases.numbers
    let event = logged.event
    let attempt = event.attempt > 1 ? "\(context.answers.attempt(event.attempt)) " : ""
    let details = EventDetailsText.text(event, context.translated)
    let id = logged.mission.description.prefix(8)
    let kind = event.kind.rawValue
    let padded = kind + String(repeating: " ", count: max(0, 16 - kind.utf8.count))
    let line =
      "\(numbers.exactMoment(event.at))  \(id)  \(numbers.day(logged.dateStart))  \(padded)  \(attempt)\(details)"
    var trimmed = Substring(line)
    while trimmed.last == " " { trimmed.removeLast() }
    return trimmed + "\n"
  }

  /// The members of a line of `--log-format json`, as far as an event has them, and its own details.
  static func json(_ logged: LoggedEvent) -> String {
    let event = logged.event
    let details = Details(event.detailsJSON)
    var json = JSONWriter()
    json.beginObject()
    json.add([
      "time": event.at.description, "event": event.kind.rawValue, "mission": logged.mission.description,
      "source": logged.source, "date_start": logged.dateStart.description, "attempt": event.attempt,
      "code": details.text("error_code"), "worker": details.text("worker"), "proxy": details.text("proxy"),
      "seconds": details.number("seconds"), "run_id": event.runID,
    ])
    json.key("details")
    if let text = event.detailsJSON { json.raw(text) } else { json.null() }
    json.endObject()
    return json.text + "\n"
  }

  private static func json(_ mission: MissionID, _ lines: [String]) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.add(["mission": mission.description, "standard_error": lines])
    json.endObject()
    return json.text + "\n"
  }
}

/// Members of an event's details.
private struct Details {
  private var texts: [String: String] = [:]
  private var numbers: [String: Double] = [:]

  init(_ json: String?) {
    guard var json else { return }
    json.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      // It is our own writing; of anything else nothing is shown apart.
      guard let members = try? JSONScanner.members(of: bytes) else { return }
      for member in members {
        switch member.value.kind {
        case .string: texts[member.key] = JSONText.string(bytes, member.value.range)
        case .number: numbers[member.key] = Double(String(decoding: bytes[member.value.range], as: UTF8.self))
        default: continue
        }
      }
    }
  }

  func text(_ name: String) -> String? { texts[name] }
  func number(_ name: String) -> Double? { numbers[name] }
}
