import Configuration
import Coverage
import Journal
import MissionCore
import MissionFiles
import Report
import Runs
import Verification

/// `coverage`: which days are there? Ends with 1 unless all that are wanted are.
enum CoverageCommand {
  static func execute(_ options: CoverageOptions, _ context: CommandContext) throws(CommandFailure)
    -> ExitCode
  {
    try context.writeErrorsInBackground()
    let configuration = try context.configuration(for: options.checksData ? .working : .reading)
    let inputs = try CoverageInputs(options, configuration, context)
    let file = try options.repairFile.map { path throws(CommandFailure) in
      try RepairFile(path, MissionSources(configuration.declaredSources), besides: inputs.files)
    }
    let parts = options.checksData ? try ComparedParts.opened(configuration, context) : nil
    defer { parts?.destination.close() }
    let totals = try JournalAccess.streaming {
      let presence = parts.map { DataPresence(parts: $0, atOnce: CoverageOptions.atOnce) }
      let missions = try inputs.missions(presence.map { presence in { try presence.areThere($0) } })
      var answer = answer(inputs, context)
      var lost = LostDays()
      let totals = try CoverageReading.run(missions, inputs.wanted) { slice in
        try answer.add(slice)
      } repair: { row in
        lost.add(row)
        try file?.add(row)
      }
      try file?.finish()
      let steps = CoverageSteps(
        options: options, common: context.common, totals: totals, lost: lost,
        written: file?.written)
      try answer.finish(totals, steps)
      return totals
    }
    tell(totals, file, context)
    if !totals.isWhole { return .missionsFailed }
    return inputs.problems > 0 ? .inputErrors : .success
  }

  private static func answer(_ inputs: CoverageInputs, _ context: CommandContext) -> any CoverageAnswer {
    switch context.common.output {
    case .text: return CoverageText(context)
    case .json: return CoverageJSON(inputs.days, context)
    case .csv: return CoverageCSV(context)
    case .html: return CoverageHTML(context)
    }
  }

  /// What became of the repair file.
  private static func tell(_ totals: CoverageTotals, _ file: RepairFile?, _ context: CommandContext) {
    guard let file, !context.common.isQuiet else { return }
    let words = CoveragePhrases.of(context.language.current)
    context.note(words.written(context.answers.missions(file.written), file.path))
    if file.refused > 0 { context.note(words.notWritten(context.answers.missions(file.refused))) }
  }
}

/// Writes the answer in one of its forms, while it is read.
protocol CoverageAnswer {
  mutating func add(_ slice: SliceCoverage) throws
  mutating func finish(_ totals: CoverageTotals, _ steps: CoverageSteps) throws
}

extension CommandContext {
  /// The commands that may be typed now, on standard error: the answer itself is for a program.
  func tell(_ steps: CoverageSteps) {
    guard !common.isQuiet else { return }
    let words = CoveragePhrases.of(language.current)
    for step in steps.commands(words, answers.missions) { note("\(step.command)  \(step.meaning)") }
  }
}
