import JSONStream
import MissionCore
import Report

/// Writes what `verify` finds while it finds it: a line each, or one JSON object.
struct VerifyReport {
  let context: CommandContext
  let redactor: Redactor
  private var json = JSONWriter()

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
    guard isJSON else { return context.print(line(difference) + "\n") }
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
    json.value(difference.key.map(clean))
    json.key("message")
    json.value(clean(difference.message))
    json.endObject()
    if json.bytes.count > 64 << 10 { context.terminal.output.write(json.drain()) }
  }

  /// - Parameter repair: what `--repair` has done; nil without it.
  mutating func finish(_ tally: VerifyTally, _ repair: RepairTally?) {
    guard isJSON else { return context.print(summary(tally, repair)) }
    json.endArray()
    json.key("counts")
    json.beginObject()
    for (name, count) in [
      ("missions", tally.missions), ("missing", tally.missing), ("altered", tally.altered),
      ("extra", tally.extra),
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
      json.endObject()
    } else {
      json.null()
    }
    json.endObject()
    context.terminal.output.write(json.drain() + [UInt8(ascii: "\n")])
  }

  /// `missing  store        2025-01-02  5a8a6b4c  scrapes/…`
  private func line(_ difference: Difference) -> String {
    let kind = DisplayColumns.pad(difference.kind.rawValue, to: 8)
    let part = DisplayColumns.pad(difference.part.rawValue, to: 12)
    let day = DisplayColumns.pad(difference.dateStart?.description ?? "-", to: 11)
    let mission = difference.mission.map(MissionText.shortID) ?? "-       "
    return "\(context.terminal.outputStyle.red(kind)) \(part) \(day) \(mission)  \(clean(difference.message))"
  }

  private func summary(_ tally: VerifyTally, _ repair: RepairTally?) -> String {
    let missions = tally.missions == 1 ? "1 mission" : "\(Humanized.count(tally.missions)) missions"
    guard tally.differences > 0 else { return "\(missions) verified: nothing differs\n" }
    let found =
      "\(missions) verified: \(Humanized.count(tally.missing)) missing, "
      + "\(Humanized.count(tally.altered)) altered, \(Humanized.count(tally.extra)) extra\n"
    let suffix = context.commandSuffix
    guard let repair else {
      let isMendable = tally.missing + tally.altered > 0
      return found + (isMendable ? "mission-control verify --repair\(suffix) mends what can be mended\n" : "")
    }
    var lines = found
    if repair.mended > 0 { lines += "mended: \(Humanized.count(repair.mended))\n" }
    if repair.putBack > 0 {
      lines +=
        "put back to SCRAPE: \(Humanized.count(repair.putBack)); mission-control run\(suffix) scrapes them\n"
    }
    return lines
  }

  private func clean(_ text: String) -> String { UntrustedText.clean(text, limit: 1200, masking: redactor) }
}
