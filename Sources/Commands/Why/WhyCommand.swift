import Configuration
import Journal
import MissionCore
import MissionFiles
import Report
import Runs

/// `why`: one mission explained.
enum WhyCommand {
  static func execute(_ options: WhyOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let configuration = try context.configuration(for: .reading)
    let reader = try JournalAccess.reader(configuration.journal.path)
    // Nothing need be listed: then the mission is known by the journal alone.
    var run = RunOptions()
    run.includesUnlisted = true
    let choice = try MissionFileChoice(run, configuration, context.ofRuns)
    var search = MissionSearch(options.missions[0])
    try search.read(choice, MissionSources(configuration.declaredSources), context.log)
    let (id, record) = try search.mission(reader)
    let row = search.rows[id]
    var explanation = MissionExplanation(
      mission: record
        ?? MissionRecord(
          id: id, parameters: row!.row.parameters, priority: row!.row.priority, createdAt: context.now()),
      isKnown: record != nil, isListed: row != nil, common: context.common)
    explanation.origin = row.map { (file: $0.file, line: $0.row.line) }
    if let reader, let record {
      let isDue =
        record.status == .done
        && (row?.dueBefore.map { limit in record.finishedAt.map { $0 < limit } ?? false } ?? false)
      try JournalAccess.streaming {
        explanation.verdict = try reader.verdict(on: id, SelectionRule(), isListed: row != nil, isDue: isDue)
        explanation.failures = try reader.events(of: id).filter(MissionExplanation.isFailure)
        if explanation.origin == nil { explanation.origin = try reader.origin(of: id) }
      }
    }
    context.print(
      context.common.output == .json
        ? explanation.json
        : explanation.text(context.choosing, context.phrases, style: context.terminal.outputStyle))
    return .success
  }
}
