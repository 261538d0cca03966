import Coverage

/// A line for every range of days.
struct CoverageCSV: CoverageAnswer {
  private let context: CommandContext

  init(_ context: CommandContext) {
    self.context = context
    context.print("source,media_type,languages,parameters,from,to,state,days\r\n")
  }

  func add(_ slice: SliceCoverage) {
    let beginning =
      [
        slice.slice.source, slice.slice.mediaType?.rawValue ?? "", slice.slice.languages,
        slice.slice.values.json,
      ].map(MissionCSV.cell).joined(separator: ",")
    for range in slice.ranges {
      context.print("\(beginning),\(range.first),\(range.last),\(range.state.rawValue),\(range.days)\r\n")
    }
  }

  func finish(_ totals: CoverageTotals, _ steps: CoverageSteps) { context.tell(steps) }
}
