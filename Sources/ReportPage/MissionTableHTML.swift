import Journal
import MissionCore
import Report

/// The table of missions for readers without a script: the first ones, all columns.
struct MissionTableHTML {
  /// More would make the page large for those who have a script.
  static let mostRows = 300

  private let phrases: HTMLPhrases

  init(_ phrases: HTMLPhrases) { self.phrases = phrases }

  func stream(
    _ source: some ReportSource, listed: Int, to write: ([UInt8]) throws -> Void
  ) throws {
    guard listed > 0 else { return }
    try write(Array(head.html.utf8))
    var block = ""
    var count = 0
    try source.eachMission { mission in
      block += row(mission).html
      count += 1
      return count < Self.mostRows
    }
    try write(Array(block.utf8))
    try write(Array("</tbody></table></div>\n".utf8))
    guard listed > Self.mostRows else { return }
    let note = phrases(.staticSome, ["n": phrases.count(Self.mostRows), "all": phrases.count(listed)])
    let markup: Markup = "<p class=\"soft small unscripted-only\">\(note)</p>\n"
    try write(Array(markup.html.utf8))
  }

  private var head: Markup {
    let names: [PagePhrase] = [
      .days, .media, .language, .status, .checkpointMarks, .ads, .attempts, .duration, .worker, .proxy,
      .error,
    ]
    return """
      <div class="scroll unscripted-only"><table class="missions"><thead><tr>\
      \(names.map { "<th scope=\"col\">\(phrases($0))</th>" as Markup })</tr></thead>
      <tbody>

      """
  }

  private func row(_ mission: MissionRecord) -> Markup {
    let times = [mission.scrapeSeconds, mission.dbSeconds, mission.s3Seconds].compactMap { $0 }
    let took = times.isEmpty ? "–" : phrases.duration(seconds: times.reduce(0, +))
    let error: Markup? = mission.errorCode.map { code in
      let message: Message = UntrustedText.message(mission.errorMessage ?? "", limit: 400)
      return "<span class=\"bad\">\(code.rawValue)</span> \(phrases.translated(message))"
    }
    return """
      <tr><th scope="row">\(phrases.days(mission.parameters))</th><td>\(mission.parameters.mediaTypeText)</td>\
      <td>\(mission.parameters.languageList)\(parameters(mission))</td>\
      <td>\(status(mission))</td><td>\(marks(mission))</td>\
      <td class="number">\(mission.adsCount.map { phrases.count($0) } ?? "–")</td>\
      <td class="number">\(mission.attempts)</td><td class="number nowrap">\(took)</td>\
      <td>\(untrusted: mission.worker ?? "–")</td><td>\(untrusted: mission.proxy ?? "–")</td><td>\(error)</td></tr>

      """
  }

  /// Behind the languages; nothing without any.
  private func parameters(_ mission: MissionRecord) -> Markup? {
    let list = mission.parameters.values.list
    return list.isEmpty ? nil : "<br>\(untrusted: list)"
  }

  private func status(_ mission: MissionRecord) -> Markup {
    let group: String
    switch mission.status {
    case .pending, .queued: group = "left"
    case .running: group = "running"
    case .done: group = "done"
    case .failed: group = "failed"
    case .cancelled: group = "cancelled"
    }
    return "<span class=\"status is-\(group)\">\(phrases.status(mission.status))</span>"
  }

  private func marks(_ mission: MissionRecord) -> Markup {
    let marks = Checkpoint.allCases.map { (checkpoint: Checkpoint) -> Markup in
      let (sign, phrase, name): (String, ScriptPhrase, String)
      switch mission.mark(of: checkpoint) {
      case .done: (sign, phrase, name) = ("✓", .markDone, "done")
      case .failed: (sign, phrase, name) = ("✗", .markFailed, "failed")
      case .running: (sign, phrase, name) = ("◐", .markRunning, "running")
      case .pending: (sign, phrase, name) = ("·", .markPending, "pending")
      }
      let title = "\(checkpoint.rawValue) \(phrases.script(phrase))"
      return """
        <span class="\(name)" title="\(title)"><span aria-hidden="true">\(sign)</span>\
        <span class="hidden-text">\(title) </span></span>
        """
    }
    return "<span class=\"marks\">\(marks)</span>"
  }
}
