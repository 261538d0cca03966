import JSONStream
import Journal
import MissionCore
import Report

/// A plan as text and as JSON (SPEC 4).
struct PlanReport {
  /// Gaps that the text shows; the JSON has all.
  private static let mostGaps = 50

  let plan: MissionPlan
  let rejectedRows: Int
  let refusedFiles: Int
  let refreshInterval: Int
  /// The windows that were read, with what they make.
  var windows: [PlannedWindow] = []
  /// With `--due`: the slots that are due, and those that come next.
  var slots: PlannedSlots?
  /// Missions that destination and store have already; nil when nobody asked.
  var recovered: Int?
  /// How long the run will take, as earlier missions did; nil without any.
  var seconds: Double?
  /// The command that is offered: the run itself when it would do something.
  let next: [NextStep]

  /// Names of the sources that need no sessions.
  var sourcesWithoutSessions: Set<String> = []

  /// Sessions that the missions still to be scraped will need, when nothing fails.
  var sessions: Int {
    let others = plan.sources.filter { sourcesWithoutSessions.contains($0.name) }.reduce(0) { $0 + $1.starts }
    let scrapes = plan.selected - plan.resumed.db - plan.resumed.s3 - others - (recovered ?? 0)
    return (max(0, scrapes) + refreshInterval - 1) / refreshInterval
  }

  var json: String {
    var json = JSONWriter(reservingCapacity: 4096)
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("selected")
    json.value(plan.selected)
    let resumed = plan.resumed
    write("resumed", [("scrape", resumed.scrape), ("db", resumed.db), ("s3", resumed.s3)], &json)
    let skipped = plan.skipped
    write(
      "skipped",
      [
        ("done", skipped.done), ("failed", skipped.failed), ("cancelled", skipped.cancelled),
        ("not_selected", skipped.notSelected),
      ], &json)
    json.key("rejected_rows")
    json.value(rejectedRows)
    json.key("duplicates")
    json.value(plan.duplicates)
    json.key("from")
    json.value(plan.from?.description)
    json.key("to")
    json.value(plan.to?.description)
    json.key("gaps")
    json.beginArray()
    for gap in plan.gaps { write(gap, &json) }
    json.endArray()
    json.key("sessions")
    json.value(sessions)
    let members = [
      ("unlisted", plan.selection.unlisted), ("failed_earlier", plan.selection.failedEarlier),
      ("refused_files", refusedFiles),
    ]
    for (name, count) in members {
      json.key(name)
      json.value(count)
    }
    json.key("recovered")
    json.value(recovered)
    json.key("seconds")
    json.value(seconds.map { ($0 * 1000).rounded() / 1000 })
    slots?.write(to: &json)
    json.endObject()
    return json.text + "\n"
  }

  private func write(_ name: String, _ counts: [(String, Int)], _ json: inout JSONWriter) {
    json.key(name)
    json.beginObject()
    for (name, count) in counts {
      json.key(name)
      json.value(count)
    }
    json.endObject()
  }

  private func write(_ gap: MissionPlan.Gap, _ json: inout JSONWriter) {
    json.beginObject()
    json.key("from")
    json.value(gap.from.description)
    json.key("to")
    json.value(gap.to.description)
    json.key("media_type")
    json.value(gap.kind.mediaType?.rawValue)
    json.key("languages")
    json.beginArray()
    for language in gap.kind.languages { json.value(language) }
    json.endArray()
    if gap.kind.source != "default" {
      json.key("source")
      json.value(gap.kind.source)
    }
    if !gap.kind.parameters.isEmpty {
      json.key("parameters")
      gap.kind.parameters.write(to: &json)
    }
    json.endObject()
  }

  func text(_ phrases: Phrases, _ answers: AnswerPhrases, _ choosing: ChoosingPhrases) -> String {
    var table = TextTable([.left, .right, .left])
    func row(_ row: PlanRow, _ count: Int, _ note: String = "") {
      table.add([answers.planRow(row), phrases.numbers.count(count), note])
    }
    row(.selected, plan.selected, range(phrases.numbers, answers))
    row(.resumedAtScrape, plan.resumed.scrape)
    row(.resumedAtDB, plan.resumed.db)
    row(.resumedAtS3, plan.resumed.s3)
    if plan.refreshed > 0 { table.add([choosing.refreshed, phrases.numbers.count(plan.refreshed), ""]) }
    if let recovered { table.add([choosing.recovered, phrases.numbers.count(recovered), ""]) }
    row(.skippedDone, plan.skipped.done)
    row(.skippedFailed, plan.skipped.failed)
    row(.skippedCancelled, plan.skipped.cancelled)
    row(.skippedNotSelected, plan.skipped.notSelected)
    row(.rejectedRows, rejectedRows)
    row(.duplicates, plan.duplicates)
    // Where no source has any, there is nothing to tell.
    if sessions > 0 || sourcesWithoutSessions.isEmpty { row(.sessions, sessions) }
    if plan.sources.contains(where: { $0.name != "default" }) {
      for source in plan.sources {
        table.add([choosing.startsAt(source.name), phrases.numbers.count(source.starts), ""])
      }
    }
    if let seconds {
      table.add([choosing.expectedTime, phrases.numbers.duration(seconds: seconds), ""])
    }
    var lines = table.lines() + made(phrases, answers, choosing) + gaps(phrases, answers)
    lines += slots?.lines(phrases, answers, choosing) ?? []
    let selection = plan.selection
    if selection.failedEarlier > 0 { lines += ["", phrases.failedEarlier(selection.failedEarlier)] }
    if selection.unlisted > 0 { lines += ["", phrases.unlisted(selection.unlisted)] }
    if !next.isEmpty { lines += [""] + commands(phrases, answers) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func commands(_ phrases: Phrases, _ answers: AnswerPhrases) -> [String] {
    next.map { step in
      step.kind == .resume ? answers.starts(step.command) : "\(step.command)  \(phrases.nextStep(step))"
    }
  }

  private func range(_ numbers: Humanized, _ answers: AnswerPhrases) -> String {
    guard let from = plan.from, let to = plan.to else { return "" }
    return from == to ? numbers.day(from) : answers.range(numbers.day(from), numbers.day(to))
  }

  /// What windows make.
  private func made(_ phrases: Phrases, _ answers: AnswerPhrases, _ choosing: ChoosingPhrases) -> [String] {
    guard !windows.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left])
    for window in windows {
      table.add([
        window.place, answers.missions(window.missions),
        window.range.map { phrases.numbers.days($0.from, $0.to) } ?? "-", window.source,
      ])
    }
    return ["", choosing.windows] + table.lines(indent: 2)
  }

  private func gaps(_ phrases: Phrases, _ answers: AnswerPhrases) -> [String] {
    guard !plan.gaps.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left, .left])
    for gap in plan.gaps.prefix(Self.mostGaps) {
      table.add([
        phrases.numbers.days(gap.from, gap.to), gap.kind.mediaType?.rawValue ?? "-",
        gap.kind.languages.joined(separator: ","), UntrustedText.clean(gap.kind.parameters.list, limit: 60),
        gap.kind.source == "default" ? "" : gap.kind.source,
      ])
    }
    var lines = ["", answers.gaps] + table.lines(indent: 2)
    if plan.gaps.count > Self.mostGaps {
      lines.append("  " + phrases.andMore(plan.gaps.count - Self.mostGaps))
    }
    return lines
  }
}

/// A window as a plan tells it.
struct PlannedWindow {
  /// Where it stands in the configuration.
  let place: String
  let source: String
  let missions: Int
  /// Nil when it makes none.
  let range: (from: CalendarDay, to: CalendarDay)?
}
