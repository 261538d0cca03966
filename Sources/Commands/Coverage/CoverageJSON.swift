import Coverage
import JSONStream
import MissionCore

/// The answer as one JSON object (SPEC 4).
struct CoverageJSON: CoverageAnswer {
  private let context: CommandContext
  private var json = JSONWriter()

  init(_ days: (first: CalendarDay, last: CalendarDay)?, _ context: CommandContext) {
    self.context = context
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("from")
    json.value(days?.first.description)
    json.key("to")
    json.value(days?.last.description)
    json.key("slices")
    json.beginArray()
  }

  mutating func add(_ coverage: SliceCoverage) {
    let slice = coverage.slice
    json.beginObject()
    json.key("source")
    json.value(slice.source)
    json.key("media_type")
    json.value(slice.mediaType?.rawValue)
    json.key("languages")
    json.beginArray()
    for language in slice.languageCodes { json.value(language) }
    json.endArray()
    json.key("parameters")
    slice.values.write(to: &json)
    json.key("ranges")
    json.beginArray()
    for range in coverage.ranges {
      json.beginObject()
      json.key("from")
      json.value(range.first.description)
      json.key("to")
      json.value(range.last.description)
      json.key("state")
      json.value(range.state.rawValue)
      json.endObject()
      if json.bytes.count > 64 << 10 { context.terminal.output.write(json.drain()) }
    }
    json.endArray()
    json.endObject()
  }

  mutating func finish(_ totals: CoverageTotals, _ steps: CoverageSteps) {
    json.endArray()
    json.key("counts")
    json.beginObject()
    for state in DayState.allCases {
      json.key(state.rawValue)
      json.value(totals.counts[state])
    }
    json.endObject()
    json.endObject()
    context.terminal.output.write(json.drain() + [UInt8(ascii: "\n")])
    context.tell(steps)
  }
}
