import Journal
import MissionCore
import Report
import Terminal

/// A mission as `show` prints it for people.
struct MissionDetails {
  let mission: MissionRecord
  let events: [RecordedEvent]
  let phrases: Phrases
  let answers: AnswerPhrases
  let choosing: ChoosingPhrases
  let style: TextStyle
  /// The end of what its latest program wrote to its standard error; nil when nothing is kept.
  var programError: String?

  private var numbers: Humanized { phrases.numbers }

  var text: String {
    var lines = [style.bold(answers.mission("\(mission.id)")), ""]
    lines.append(
      "  " + MissionText.checkpoints(mission, style) + "   "
        + (mission.phase.map { style.bold(choosing.phase($0)) }
          ?? MissionText.status(mission.status, phrases, style)))
    lines.append("")
    var table = TextTable([.left, .left])
    for (field, value) in fields { table.add([answers.field(field), value]) }
    lines += table.lines(indent: 2)
    if !mission.keptFiles.isEmpty { lines += ["", answers.keptFiles] + keptFiles }
    lines += ["", answers.events] + timeline
    if let programError { lines += ["", answers.programError] + said(programError) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Only fields that have a value.
  private var fields: [(MissionField, String)] {
    let parameters = mission.parameters
    let all: [(MissionField, String?)] = [
      (.source, parameters.source), (.days, MissionText.days(parameters, numbers)),
      (.mediaType, parameters.mediaType?.rawValue), (.languages, shown(parameters.languageList)),
      (.parameters, shown(clean(parameters.values.list))),
      (.priority, String(mission.priority)), (.ads, mission.adsCount.map { numbers.count($0) }),
      (.error, mission.errorCode.map(meaning)), (.cause, mission.errorCause.map(meaning)),
      (.message, mission.errorMessage.map { phrases.translated(UntrustedText.message($0, limit: 400)) }),
      (.worker, mission.worker.map { clean($0) }), (.job, mission.jobID.map { clean($0) }),
      (.proxy, mission.proxy.map { clean($0) }), (.retries, String(mission.retryCount)),
      (.created, moment(mission.createdAt)), (.queued, moment(mission.queuedAt)),
      (.started, moment(mission.startedAt)), (.finished, moment(mission.finishedAt)), (.took, took),
      (.size, mission.size.map { numbers.bytes($0) }), (.sha256, mission.sha256), (.object, mission.s3Key),
      (.objectSize, mission.s3Size.map { numbers.bytes($0) }), (.etag, mission.s3ETag.map { clean($0) }),
      (.objectSHA256, mission.s3SHA256), (.run, mission.runID),
    ]
    return all.compactMap { field, value in value.map { (field, $0) } }
  }

  private func meaning(_ code: ErrorCode) -> String { "\(code.rawValue) \(phrases.translated(code.meaning))" }

  /// Seconds of each checkpoint that succeeded.
  private var took: String? {
    let times = [("SCRAPE", mission.scrapeSeconds), ("DB", mission.dbSeconds), ("S3", mission.s3Seconds)]
    let shown = times.compactMap { name, seconds in
      seconds.map { "\(name) \(numbers.duration(seconds: $0))" }
    }
    return shown.isEmpty ? nil : shown.joined(separator: ", ")
  }

  private var timeline: [String] {
    var table = TextTable([.left, .left, .left])
    for event in events {
      let attempt = event.attempt > 1 ? answers.attempt(event.attempt) + " " : ""
      let details = EventDetailsText.text(event, phrases.translated)
      table.add([numbers.exactMoment(event.at), event.kind.rawValue, attempt + details])
    }
    return table.lines(indent: 2)
  }

  /// Each with its key once that is known, else its digest.
  private var keptFiles: [String] {
    var table = TextTable([.left, .right, .left])
    for file in mission.keptFiles {
      table.add([clean(file.name), numbers.bytes(file.size), mission.key(of: file) ?? file.sha256])
    }
    return table.lines(indent: 2)
  }

  private func said(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { "  " + UntrustedText.clean(String($0), limit: 1000) }
  }

  private func shown(_ text: String) -> String? { text.isEmpty ? nil : text }
  private func moment(_ moment: Timestamp?) -> String? { moment.map(numbers.exactMoment) }
  private func clean(_ text: String) -> String { UntrustedText.clean(text, limit: 400) }
}
