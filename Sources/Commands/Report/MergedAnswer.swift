import Journal
import MissionCore
import Report
import ReportPage

/// `report --merge`: several shards, machines or times as one report. The configuration is not asked: its journal is one
/// of many.
struct MergedAnswer {
  private let report: MergedReport
  private let options: ReportOptions
  private let context: CommandContext

  init(_ options: ReportOptions, _ context: CommandContext) throws(CommandFailure) {
    self.options = options
    self.context = context
    report = try JournalAccess.streaming {
      try MergedReport(try MergeInputs(paths: options.merged), now: context.now()) {
        Int(Self.code($0).rawValue)
      }
    }
  }

  private static func code(_ survey: ShardSurvey) -> ExitCode { survey.isWhole ? .success : .missionsFailed }

  /// Prints or writes it; what keeps the parts from being a whole is told on standard error too.
  func give() throws(CommandFailure) -> ExitCode {
    if let file = options.htmlFile {
      try write(to: file)
    } else {
      try JournalAccess.streaming {
        guard context.common.output == .json else {
          return context.print(
            SummaryText(
              report.summary, phrases: context.phrases, width: context.terminal.outputWidth
            ).render())
        }
        try ResultsFile.stream(report) { context.terminal.output.write($0) }
      }
    }
    if options.htmlFile != nil || context.common.output == .json {
      for problem in SummaryText.problems(report.survey, .of(context.language.current)) {
        context.note(problem)
      }
    }
    return Self.code(report.survey)
  }

  private func write(to file: String) throws(CommandFailure) {
    var circumstances = ReportCircumstances(now: context.now())
    circumstances.version = ProgramVersion.number
    circumstances.exitCode = report.run.exitCode
    let size: Int
    do throws(ResultsFailure) {
      size = try HTMLReport(circumstances, phrases: .of(context.language.current)).write(to: file, report)
    } catch { throw CommandFailure(wrapping: error) }
    context.remark("wrote \(file) (\(Humanized.bytes(Int64(size)))), the merged report")
  }
}
