import Coverage
import MissionCore
import Report
import ReportPage

/// The answer as one page.
struct CoverageHTML: CoverageAnswer {
  private let context: CommandContext
  private var page: CoveragePage

  init(_ context: CommandContext) {
    self.context = context
    page = CoveragePage(
      .of(context.language.current), now: context.now(), version: ProgramVersion.number)
  }

  mutating func add(_ slice: SliceCoverage) { page.add(slice) }

  func finish(_ totals: CoverageTotals, _ steps: CoverageSteps) throws {
    let words = CoveragePhrases.of(context.language.current)
    let commands = steps.commands(words, context.answers.missions)
    context.print(page.html(totals, next: commands))
    context.tell(steps)
  }
}
