import Journal
import MissionCore
import Report
import ReportPage

/// `report --all`: what the journal holds, whichever run did it.
struct JournalReport {
  private let options: ReportOptions
  private let reader: JournalReader
  private let context: CommandContext

  init(_ options: ReportOptions, _ reader: JournalReader, _ context: CommandContext) {
    self.options = options
    self.reader = reader
    self.context = context
  }

  /// All of it is of one moment, also while a run works.
  func execute() throws(CommandFailure) -> ExitCode {
    var circumstances = ReportCircumstances(now: context.now())
    circumstances.commandSuffix = context.commandSuffix
    circumstances.version = ProgramVersion.number
    do {
      try reader.atOneMoment {
        let journal = try WholeJournal(options.filter, choice: options.choice, reader)
        if let file = options.htmlFile {
          let page = HTMLReport(circumstances, phrases: .of(context.language.current))
          let size = try page.write(to: file, journal, from: reader)
          context.remark("wrote \(file) (\(Humanized.bytes(Int64(size)))), the report of the journal")
        } else if context.common.output == .json {
          let output = context.terminal.output
          try ResultsFile.stream(journal, circumstances) { output.write($0) }
        } else {
          let account = try journal.account()
          context.print(
            SummaryText(
              try journal.summary(account, circumstances), phrases: context.phrases,
              width: context.terminal.outputWidth
            ).render())
        }
      }
    } catch { throw CommandFailure(wrapping: error) }
    return .success
  }
}
