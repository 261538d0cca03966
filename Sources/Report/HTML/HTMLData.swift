import Journal
import MissionCore

/// The data of the page's script: one JSON object in a script element that is not run.
struct HTMLData {
  private static let chunkSize = 64 * 1024
  /// Days that the calendar spans at most.
  private static let mostDays = 7320

  private let summary: RunSummary
  private let circumstances: HTMLReport.Circumstances
  private let phrases: HTMLPhrases

  init(_ summary: RunSummary, _ circumstances: HTMLReport.Circumstances, _ phrases: HTMLPhrases) {
    self.summary = summary
    self.circumstances = circumstances
    self.phrases = phrases
  }

  func stream(from reader: JournalReader, to write: ([UInt8]) throws -> Void) throws {
    var json = RowWriter()
    json.open("{")
    writeRun(&json)
    writeWords(&json)
    json.key("sharedLimit")
    json.integer(SharedTexts.limit)
    json.key("mostDays")
    json.integer(Self.mostDays)
    json.key("missions")
    json.open("[")
    var rows = MissionRows(summary.run, reader, phrases, isHurried: circumstances.isHurried)
    var count = 0
    try reader.eachMission(HTMLReport.filter(summary.run.id)) { mission in
      try rows.write(mission, to: &json)
      if json.bytes.count >= Self.chunkSize { try write(json.drain()) }
      count += 1
      return count < HTMLReport.mostMissions
    }
    json.close("]")
    json.close("}")
    try write(json.drain())
  }

  private func writeRun(_ json: inout RowWriter) {
    json.key("run")
    json.open("{")
    json.key("id")
    json.text(summary.run.id)
    json.key("started")
    json.integer(summary.run.startedAt.milliseconds)
    json.key("finished")
    json.integer(summary.run.finishedAt?.milliseconds)
    json.key("written")
    json.integer(circumstances.now.milliseconds)
    json.key("live")
    json.flag(circumstances.isLive)
    json.key("refresh")
    json.integer(HTMLReport.refreshInterval.components.seconds * 1000)
    json.key("suffix")
    json.text(summary.commandSuffix)
    json.close("}")
  }

  private func writeWords(_ json: inout RowWriter) {
    json.key("words")
    json.open("{")
    for phrase in ScriptPhrase.allCases {
      json.key(phrase.rawValue)
      json.text(phrases.script(phrase))
    }
    for status in MissionStatus.allCases {
      json.key("status\(status.rawValue)")
      json.text(phrases.status(status))
    }
    json.close("}")
    json.key("codes")
    json.open("{")
    for group in summary.failures {
      json.key(group.code.rawValue)
      json.open("{")
      json.key("meaning")
      json.text(phrases.meaning(group.code))
      json.key("hint")
      json.optionalText(phrases.hint(group.code))
      json.close("}")
    }
    json.close("}")
  }
}
