import Journal
import MissionCore
import Report
import ReportPage
import Runs
import Terminal

/// `report`: what a run did, again; as text, JSON or a page.
///
/// A run that is over is told from its own file, whatever became of its missions since. The journal is asked while it
/// works, when it was killed and no later run has finished its report yet, and when the file is lost.
enum ReportCommand {
  static func execute(_ options: ReportOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode
  {
    if !options.merged.isEmpty { return try MergedAnswer(options, context).give() }
    let path = try context.configuration(for: .reading).journal.path
    guard let reader = try JournalAccess.reader(path) else { throw RunLookup.unknown(options.run) }
    if options.tellsJournal { return try JournalReport(options, reader, context).execute() }
    let run = try RunLookup.find(options.run, reader)
    let told = try Told(run, reader, context)
    if let file = options.htmlFile {
      try told.write(to: file)
    } else {
      try told.print()
    }
    return .success
  }
}

/// A run, and where its report is taken from.
private struct Told {
  private let run: RunRecord
  private let stored: StoredReport?
  /// How the run chose, as its file says.
  private let choice: RunAdvice?
  private let isLive: Bool
  private let isLatest: Bool
  private let reader: JournalReader
  private let context: CommandContext

  init(_ run: RunRecord, _ reader: JournalReader, _ context: CommandContext) throws(CommandFailure) {
    self.run = run
    self.reader = reader
    self.context = context
    let isLatest = try JournalAccess.failing { () throws(JournalError) in try reader.latestRun()?.id == run.id
    }
    let isHeld = try JournalAccess.isLive(reader.path)
    self.isLatest = isLatest
    isLive = run.finishedAt == nil && isLatest && isHeld
    let path = ResultsFile.path(inFolder: ReportPlaces.folder(journalPath: reader.path), runID: run.id)
    // The file of a live run, or of one that was killed, is some seconds behind the journal.
    let stored = isLive ? nil : StoredReport(path: path, runID: run.id)
    self.stored = stored?.isFinal == true || !isLatest ? stored : nil
    choice = stored?.summary.advice
    if self.stored == nil, run.finishedAt != nil {
      context.remark("\(path) is not there or damaged; this is what the journal still has of the run")
    }
  }

  private var circumstances: ReportCircumstances {
    var circumstances = ReportCircumstances(now: context.now())
    circumstances.isLive = isLive
    circumstances.isSuperseded = !isLatest
    circumstances.commandSuffix = context.commandSuffix
    circumstances.version = ProgramVersion.number
    circumstances.advice = choice
    return circumstances
  }

  func write(to file: String) throws(CommandFailure) {
    let size: Int
    do throws(ResultsFailure) {
      let page = HTMLReport(circumstances, phrases: .of(context.language.current))
      if let stored {
        size = try page.write(to: file, stored, from: reader)
      } else {
        size = try page.write(to: file, runID: run.id, from: reader)
      }
    } catch { throw CommandFailure(wrapping: error) }
    context.remark("wrote \(file) (\(Humanized.bytes(Int64(size)))), the report of \(run.id)")
  }

  func print() throws(CommandFailure) {
    try JournalAccess.streaming {
      if context.common.output == .json {
        let output = context.terminal.output
        if let stored, stored.isFinal { return try stored.stream { output.write($0) } }
        try JournalRun.read(run.id, reader) { source in
          _ = try ResultsFile.stream(source, circumstances, from: reader) { output.write($0) }
        }
        return
      }
      context.print(
        SummaryText(try summary(), phrases: context.phrases, width: context.terminal.outputWidth).render())
    }
  }

  private func summary() throws -> RunSummary {
    guard var summary = stored?.summary else {
      var gathered = try RunSummary.gather(runID: run.id, from: reader, circumstances)
      gathered.isSuperseded = !isLatest
      return gathered
    }
    summary.commandSuffix = context.commandSuffix
    summary.isSuperseded = !isLatest
    if summary.end == nil {
      // Killed, and the run after it could not finish its report.
      summary.end = .killed
      summary.run.finishedAt = run.endedAt(isLive: false)
    }
    return summary
  }
}
