import JSONStream
import Journal
import MissionCore
import Report
import Terminal

/// `runs`: what the runs were and how they ended.
enum RunsCommand {
  static func execute(_ options: RunsOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let path = try context.configuration(for: .reading).journal.path
    let reader = try JournalAccess.reader(path)
    let runs = try JournalAccess.failing { () throws(JournalError) in
      try reader?.runs(limit: options.limit) ?? []
    }
    var isHeld = false
    if reader != nil { isHeld = try JournalAccess.isLive(path) }
    // Only the latest run can be the one that works.
    let told = try JournalAccess.failing { () throws(JournalError) in
      var told: [ToldRun] = []
      for (index, run) in runs.enumerated() {
        told.append(
          ToldRun(
            run: run, isLive: index == 0 && isHeld && run.finishedAt == nil,
            made: try reader?.madeSlots(runID: run.id) ?? []))
      }
      return told
    }
    context.print(context.common.output == .json ? json(told) : text(told, context))
    return .success
  }

  private struct ToldRun {
    let run: RunRecord
    let isLive: Bool
    let made: [(schedule: String, made: MadeSlots)]
  }

  private static func json(_ runs: [ToldRun]) -> String {
    var json = JSONWriter(reservingCapacity: 4096)
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("runs")
    json.beginArray()
    for told in runs { RunJSON.write(told.run, isLive: told.isLive, made: told.made, to: &json) }
    json.endArray()
    json.endObject()
    return json.text + "\n"
  }

  private static func text(_ runs: [ToldRun], _ context: CommandContext) -> String {
    let (words, phrases) = (context.choosing, context.phrases)
    guard !runs.isEmpty else { return words.noRuns + "\n" }
    // Only where schedules have made something the table has a column for it.
    let hasMade = runs.contains { !$0.made.isEmpty }
    var table = TextTable(
      [.left, .left, .right, .left, .right, .right, .right, .right] + (hasMade ? [.left] : []))
    table.add(words.runHeads + (hasMade ? [words.madeHead] : []))
    for told in runs {
      let made = told.made.map { text(of: $0.schedule, $0.made, words, phrases) }.joined(separator: ", ")
      table.add(row(told, words, phrases) + (hasMade ? [made] : []))
    }
    return table.lines().joined(separator: "\n") + "\n"
  }

  /// `nightly 2026-03-10T02:00`, or of several `nightly 3 slots 2026-03-08T02:00..2026-03-10T02:00`.
  private static func text(
    of schedule: String, _ made: MadeSlots, _ words: ChoosingPhrases, _ phrases: Phrases
  ) -> String {
    guard made.slots > 1 else { return "\(schedule) \(made.first)" }
    return "\(schedule) \(words.slots(phrases.numbers.count(made.slots))) \(made.first)..\(made.last)"
  }

  private static func row(_ told: ToldRun, _ words: ChoosingPhrases, _ phrases: Phrases) -> [String] {
    let (run, numbers) = (told.run, phrases.numbers)
    let seconds = run.endedAt(isLive: told.isLive)?.seconds(since: run.startedAt)
    let end = run.end(isLive: told.isLive).map { phrases.reason($0) ?? words.finished }
    let how = [run.exitCode.map(String.init), end].compactMap { $0 }.joined(separator: " ")
    let counts = run.counts
    return [
      run.id, numbers.moment(run.startedAt), seconds.map { numbers.duration(seconds: $0) } ?? "-",
      told.isLive ? phrases.running : how, numbers.count(counts.selected), numbers.count(counts.done),
      numbers.count(counts.failed), numbers.count(counts.left),
    ]
  }
}
