import JSONStream
import MissionCore
import Report
import Verification

/// Writes what `verify` finds while it finds it: a line each, or one JSON object.
struct VerifyReport {
  let context: CommandContext
  let redactor: Redactor
  private var json = JSONWriter()
  /// Lines of extras, and those beyond that were left out.
  private var extras: [Difference.Part: Int] = [:]

  /// Lines of extras that are written for each part: there may be as many as there are missions.
  private static let mostExtras = 20

  private var isJSON: Bool { context.common.output == .json }

  init(context: CommandContext, redactor: Redactor) {
    self.context = context
    self.redactor = redactor
    guard isJSON else { return }
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("differences")
    json.beginArray()
  }

  mutating func tell(_ difference: Difference) {
    guard isJSON else {
      if difference.kind == .extra {
        extras[difference.part, default: 0] += 1
        if extras[difference.part]! > Self.mostExtras { return }
      }
      return context.print(line(difference) + "\n")
    }
    json.beginObject()
    json.key("mission")
    json.value(difference.mission?.description)
    json.key("date_start")
    json.value(difference.dateStart?.description)
    json.key("part")
    json.value(difference.part.rawValue)
    json.key("kind")
    json.value(difference.kind.rawValue)
    json.key("key")
    json.value(difference.key.map { clean("\($0)") })
    json.key("message")
    json.value(clean(difference.message))
    json.endObject()
    if json.bytes.count > 64 << 10 { context.terminal.output.write(json.drain()) }
  }

  /// - Parameter repair: what `--repair` has done; nil without it.
  mutating func finish(_ tally: VerifyTally, _ repair: RepairTally?) {
    guard isJSON else { return context.print(untold + summary(tally, repair)) }
    json.endArray()
    json.key("counts")
    json.beginObject()
    for (name, count) in [
      ("missions", tally.looked.missions), ("missing", tally.missing), ("altered", tally.altered),
      ("extra", tally.extra), ("pruned", tally.looked.pruned), ("not_compared", tally.looked.notCompared),
    ] {
      json.key(name)
      json.value(count)
    }
    json.endObject()
    json.key("repair")
    if let repair {
      json.beginObject()
      json.key("mended")
      json.value(repair.mended)
      json.key("put_back")
      json.value(repair.putBack)
      json.key("failed")
      json.value(repair.failed)
      json.endObject()
    } else {
      json.null()
    }
    json.endObject()
    context.terminal.output.write(json.drain() + [UInt8(ascii: "\n")])
  }

  /// `missing   store        2025-01-02  5a8a6b4c  scrapes/…`
  private func line(_ difference: Difference) -> String {
    let words = context.keeping
    let kinds = Difference.Kind.allCases.map { DisplayColumns.count(of: words.kind($0)) }.max() ?? 0
    let parts = Difference.Part.allCases.map { DisplayColumns.count(of: words.part($0)) }.max() ?? 0
    let kind = DisplayColumns.pad(words.kind(difference.kind), to: kinds)
    let part = DisplayColumns.pad(words.part(difference.part), to: parts)
    let day = DisplayColumns.pad(difference.dateStart.map { context.phrases.numbers.day($0) } ?? "-", to: 10)
    let mission = DisplayColumns.pad(difference.mission.map(MissionText.shortID) ?? "-", to: 8)
    let message = context.translated(message(difference.message))
    return "\(context.terminal.outputStyle.red(kind))  \(part)  \(day)  \(mission)  \(message)"
  }

  /// How many extras have no line.
  private var untold: String {
    Difference.Part.allCases.map { part in
      let more = (extras[part] ?? 0) - Self.mostExtras
      return more > 0 ? context.keeping.moreExtras(more, part) + "\n" : ""
    }.joined()
  }

  private func summary(_ tally: VerifyTally, _ repair: RepairTally?) -> String {
    let words = context.keeping
    let missions = context.answers.missions
    let verified = missions(tally.looked.missions)
    var lines = [tally.differences == 0 ? words.clean(verified) : words.differing(verified, tally)]
    if tally.looked.pruned > 0 { lines.append(words.pruned(missions(tally.looked.pruned))) }
    if tally.looked.notCompared > 0 { lines.append(words.notCompared(missions(tally.looked.notCompared))) }
    let suffix = context.commandSuffix
    if let repair {
      if repair.mended > 0 { lines.append(words.mended(missions(repair.mended))) }
      if repair.putBack > 0 {
        lines.append(words.putBack(missions(repair.putBack), "mission-control run\(suffix)"))
      }
      if repair.failed > 0 { lines.append(words.notMended(missions(repair.failed))) }
    } else if tally.missing + tally.altered > 0 {
      lines.append(words.mends("mission-control verify --repair\(suffix)"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func message(_ text: Message) -> Message {
    UntrustedText.message(text, limit: 1200, masking: redactor)
  }

  private func clean(_ text: Message) -> String { message(text).plain }
}
