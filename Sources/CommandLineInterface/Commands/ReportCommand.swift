import Journal
import MissionCore
import Report

/// `report`: what a run did, again, from the journal alone; as text, JSON or a page.
enum ReportCommand {
  static func execute(_ options: ReportOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode
  {
    let path = try context.configuration(for: .reading).journal.path
    guard let reader = try JournalAccess.reader(path) else { throw unknown(options.run) }
    let run = try find(options.run, reader)
    if let file = options.htmlFile {
      try write(run, to: file, reader, context)
    } else {
      try print(run, reader, context)
    }
    return .success
  }

  private static func write(
    _ run: RunRecord, to file: String, _ reader: JournalReader, _ context: CommandContext
  ) throws(CommandFailure) {
    var page = HTMLReport.Circumstances(now: context.now())
    page.commandSuffix = context.commandSuffix
    page.version = ProgramVersion.number
    let size: Int
    do throws(ResultsFailure) {
      size = try HTMLReport(page, phrases: .of(context.language.current)).write(
        to: file, runID: run.id, from: reader)
    } catch { throw CommandFailure(wrapping: error) }
    context.remark("wrote \(file) (\(Humanized.bytes(Int64(size)))), the report of \(run.id)")
  }

  /// The latest run without a reference.
  private static func find(
    _ reference: RunReference?, _ reader: JournalReader
  ) throws(CommandFailure) -> RunRecord {
    let candidates = try JournalAccess.failing { () throws(JournalError) in
      guard let reference else { return try reader.runs(limit: 1) }
      if let run = try reader.run(id: reference.prefix) { return [run] }
      return try reader.run(idPrefix: reference.prefix)
    }
    guard let run = candidates.first else { throw unknown(reference) }
    guard let reference, candidates.count > 1 else { return run }
    let names = candidates.map(\.id).joined(separator: ", ")
    throw CommandFailure(
      .notFound, "\(reference) begins more than one run's id: \(names) …; type more of it")
  }

  private static func unknown(_ reference: RunReference?) -> CommandFailure {
    guard let reference else {
      return CommandFailure(.notFound, "there is no run to report yet; mission-control run makes one")
    }
    return CommandFailure(.notFound, "no run has an id that begins with \(reference)")
  }

  private static func print(
    _ run: RunRecord, _ reader: JournalReader, _ context: CommandContext
  ) throws(CommandFailure) {
    try JournalAccess.streaming {
      if context.common.output == .json {
        let output = context.terminal.output
        return try ResultsFile.stream(runID: run.id, from: reader) { output.write($0) }
      }
      let summary = try RunSummary.gather(
        runID: run.id, from: reader, now: context.now(), commandSuffix: context.commandSuffix)
      context.print(SummaryText(summary, phrases: context.phrases).render())
    }
  }
}
