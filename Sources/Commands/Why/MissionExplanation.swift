import JSONStream
import Journal
import MissionCore
import Report
import Terminal

/// Why a mission is run or not, as text and as JSON (SPEC 4).
struct MissionExplanation {
  /// Failures that the text shows; the latest ones.
  private static let mostFailures = 10

  let mission: MissionRecord
  /// The journal holds it; else only a file names it.
  let isKnown: Bool
  /// A file or a window names it now.
  let isListed: Bool
  let common: CommonOptions
  /// Where its row stands, or stood when it was imported.
  var origin: (file: String, line: Int)?
  /// What the rule of a run says; nil for a mission that only a file knows.
  var verdict: MissionVerdict?
  /// What failed before, oldest first.
  var failures: [RecordedEvent] = []

  static func isFailure(_ event: RecordedEvent) -> Bool {
    [.scrapeError, .dbError, .s3Error, .failed].contains(event.kind)
  }

  var rule: ChoiceRule { ChoiceRule.of(mission, verdict, isListed: isListed) }

  private var next: Checkpoint? { rule.next(mission) }

  private var command: String {
    let suffix = common.ofJournal
    return (["mission-control"] + rule.command(mission) + suffix).map(ShellWord.quoted).joined(
      separator: " ")
  }

  var json: String {
    var json = JSONWriter(reservingCapacity: 2048)
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("mission")
    if isKnown { MissionJSON.write(mission, to: &json) } else { json.null() }
    json.key("selected")
    json.value(rule.isChosen)
    json.key("rule")
    json.value(rule.rawValue)
    json.key("next")
    json.value(next?.rawValue)
    json.key("origin")
    if let origin {
      json.beginObject()
      json.key("file")
      json.value(origin.file)
      json.key("line")
      json.value(origin.line)
      json.endObject()
    } else {
      json.null()
    }
    json.key("command")
    json.value(command)
    json.endObject()
    return json.text + "\n"
  }

  func text(_ words: ChoosingPhrases, _ phrases: Phrases, style: TextStyle) -> String {
    let numbers = phrases.numbers
    let parameters = mission.parameters
    let what = [
      parameters.source, numbers.days(parameters.dateStart, parameters.dateEnd),
      parameters.mediaType?.rawValue ?? "", parameters.languageList,
      UntrustedText.clean(parameters.values.list, limit: 200),
    ].filter { !$0.isEmpty }
    var lines = [style.bold("\(mission.id)"), "  " + what.joined(separator: "  "), ""]
    lines.append(isKnown ? phrases.status(mission.status) : words.notImported)
    lines.append((rule.isChosen ? words.chosen : words.notChosen) + ": " + words.rule(rule))
    if let next { lines.append(words.goesOn(next, words.reason(mission, rule))) }
    lines.append(originLine(words))
    if let code = mission.errorCode {
      let message = mission.errorMessage.map {
        ": " + phrases.translated(UntrustedText.message($0, limit: 400))
      }
      lines.append("\(code.rawValue) \(phrases.translated(code.meaning))" + (message ?? ""))
    }
    if !failures.isEmpty { lines += ["", words.failedBefore] + history(phrases) }
    lines += ["", words.type(rule, command)]
    return lines.joined(separator: "\n") + "\n"
  }

  private func originLine(_ words: ChoosingPhrases) -> String {
    guard let origin else { return words.noOrigin }
    let place = "\(UntrustedText.clean(origin.file, limit: 200)):\(origin.line)"
    return isListed ? words.stands(place) : words.stood(place)
  }

  private func history(_ phrases: Phrases) -> [String] {
    var table = TextTable([.left, .left, .left])
    for event in failures.suffix(Self.mostFailures) {
      table.add([
        phrases.numbers.exactMoment(event.at), event.kind.rawValue,
        EventDetailsText.text(event, phrases.translated),
      ])
    }
    return table.lines(indent: 2)
  }
}
