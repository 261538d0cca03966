import Journal
import MissionCore
import Report

/// A mission as `show` prints it for people.
struct MissionDetails {
  let mission: MissionRecord
  let events: [RecordedEvent]
  let style: TextStyle

  var text: String {
    var lines = [style.bold("mission \(mission.id)"), ""]
    lines.append(
      "  " + MissionText.checkpoints(mission, style) + "   " + MissionText.status(mission.status, style))
    lines.append("")
    var table = TextTable([.left, .left])
    for (name, value) in fields { table.add([name, value]) }
    lines += table.lines(indent: 2) + ["", "Events"] + timeline
    return lines.joined(separator: "\n") + "\n"
  }

  /// Only fields that have a value.
  private var fields: [(String, String)] {
    let parameters = mission.parameters
    let all: [(String, String?)] = [
      ("source", parameters.source), ("days", MissionText.days(parameters)),
      ("media type", parameters.mediaType.rawValue), ("languages", parameters.languageList),
      ("priority", String(mission.priority)), ("ads", mission.adsCount.map { Humanized.count($0) }),
      ("error", error), ("cause", mission.errorCause.map { "\($0.rawValue) \($0.meaning)" }),
      ("message", mission.errorMessage.map { clean($0) }), ("worker", mission.worker.map { clean($0) }),
      ("job", mission.jobID.map { clean($0) }), ("proxy", mission.proxy.map { clean($0) }),
      ("retries", String(mission.retryCount)), ("created", moment(mission.createdAt)),
      ("queued", moment(mission.queuedAt)), ("started", moment(mission.startedAt)),
      ("finished", moment(mission.finishedAt)), ("took", took), ("size", mission.size.map(Humanized.bytes)),
      ("sha256", mission.sha256), ("object", mission.s3Key),
      ("object size", mission.s3Size.map(Humanized.bytes)),
      ("etag", mission.s3ETag.map { clean($0) }), ("object sha256", mission.s3SHA256), ("run", mission.runID),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }

  private var error: String? { mission.errorCode.map { "\($0.rawValue) \($0.meaning)" } }

  /// Seconds of each checkpoint that succeeded.
  private var took: String? {
    let times = [("SCRAPE", mission.scrapeSeconds), ("DB", mission.dbSeconds), ("S3", mission.s3Seconds)]
    let shown = times.compactMap { name, seconds in
      seconds.map { "\(name) \(Humanized.duration(seconds: $0))" }
    }
    return shown.isEmpty ? nil : shown.joined(separator: ", ")
  }

  private var timeline: [String] {
    var table = TextTable([.left, .left, .left])
    for event in events {
      let attempt = event.attempt > 1 ? "attempt \(event.attempt) " : ""
      let details = event.detailsJSON.map { EventDetailsText.plain($0) } ?? ""
      table.add([event.at.description, event.kind.rawValue, attempt + details])
    }
    return table.lines(indent: 2)
  }

  private func moment(_ moment: Timestamp?) -> String? { moment.map(\.description) }
  private func clean(_ text: String) -> String { UntrustedText.clean(text, limit: 400) }
}
