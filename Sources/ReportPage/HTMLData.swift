import Journal
import MissionCore
import Report

/// The data of the page's script: one JSON object in a script element that is not run.
struct HTMLData {
  private static let chunkSize = 64 * 1024
  /// Days that the calendar spans at most.
  private static let mostDays = 7320
  /// Ranges of days of the whole journal, by status, that the calendar is told at most.
  static let mostKinds = 30_000

  private let summary: RunSummary
  private let circumstances: ReportCircumstances
  private let phrases: HTMLPhrases
  /// Of the whole journal; nil when it is too much for a page.
  private let calendar: JournalCalendar?

  init(
    _ summary: RunSummary, _ circumstances: ReportCircumstances, _ phrases: HTMLPhrases,
    _ calendar: JournalCalendar?
  ) {
    self.calendar = calendar
    self.summary = summary
    self.circumstances = circumstances
    self.phrases = phrases
  }

  func stream(
    _ source: some ReportSource, from histories: any MissionHistories,
    to write: ([UInt8]) throws -> Void
  ) throws {
    var json = RowWriter()
    json.open("{")
    writeRun(&json)
    writeWords(&json)
    json.key("sharedLimit")
    json.integer(SharedTexts.limit)
    json.key("mostDays")
    json.integer(Self.mostDays)
    writeDays(calendar, &json)
    if json.bytes.count >= Self.chunkSize { try write(json.drain()) }
    json.key("missions")
    json.open("[")
    var rows = MissionRows(summary.run, histories, phrases, isHurried: circumstances.isHurried)
    var count = 0
    try source.eachMission { mission in
      try rows.write(mission, to: &json)
      if json.bytes.count >= Self.chunkSize { try write(json.drain()) }
      count += 1
      return count < circumstances.mostMissions
    }
    json.close("]")
    json.close("}")
    try write(json.drain())
  }

  /// How the whole journal covers the calendar; none when it is too much for a page, which then shows the run's own.
  private func writeDays(_ calendar: JournalCalendar?, _ json: inout RowWriter) {
    let tellsSlices = calendar?.days.first?.slice != nil
    json.key("slices")
    json.open("[")
    for slice in tellsSlices ? calendar?.slices ?? [] : [] {
      json.text(UntrustedText.clean(slice.name, limit: 120))
    }
    json.close("]")
    let days = calendar?.days
    json.key("journal")
    json.open("[")
    let sorted = (days ?? []).sorted {
      ($0.start, $0.end, Self.place($0)) < ($1.start, $1.end, Self.place($1))
    }
    for days in sorted {
      json.open("[")
      json.integer(days.start.daysSinceEpoch)
      json.integer(days.end.daysSinceEpoch - days.start.daysSinceEpoch)
      json.integer(Self.place(days))
      json.integer(days.missions)
      json.integer(days.ads)
      if let slice = days.slice { json.integer(slice) }
      json.close("]")
    }
    json.close("]")
  }

  private static func place(_ days: CoveredDays) -> Int {
    days.isSuspicious
      ? MissionStatus.allCases.count : MissionStatus.allCases.firstIndex(of: days.status) ?? 0
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
    // Whether every mission of the run is below.
    json.key("whole")
    json.flag(summary.omitted == 0 && summary.run.counts.selected <= circumstances.mostMissions)
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
    var told: Set<ErrorCode> = []
    for group in summary.failures where told.insert(group.code).inserted {
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
