import Coverage
import MissionCore
import Report

/// The days whose missions are lost.
struct LostDays {
  private(set) var from: CalendarDay?
  private(set) var to: CalendarDay?
  private(set) var missions = 0

  mutating func add(_ row: RepairRow) {
    guard row.state == .lost else { return }
    from = min(from ?? row.from, row.from)
    to = max(to ?? row.to, row.to)
    missions += 1
  }
}

/// What to type so that every wanted day is there; pure.
struct CoverageSteps {
  let options: CoverageOptions
  let common: CommonOptions
  let totals: CoverageTotals
  let lost: LostDays
  /// Missions of the repair file; nil when none is asked for.
  let written: Int?

  /// Each with what it does, in the order in which they are to be typed.
  func commands(
    _ words: CoveragePhrases, _ missions: (Int) -> String
  ) -> [(command: String, meaning: String)] {
    guard totals.missionsToRepair > 0 else { return suspicious(words) }
    guard let written, let file = options.repairFile else {
      return [(Self.text(again), words.writes(missions(totals.missionsToRepair)))]
    }
    var commands: [(command: String, meaning: String)] = []
    if lost.missions > 0, let from = lost.from, let to = lost.to {
      let mend = ["verify", "--repair", "--from", "\(from)", "--to", "\(to)"] + configuration
      commands.append((Self.text(mend), words.mends(missions(lost.missions))))
    }
    if written > 0 {
      let name = file.hasPrefix("-") ? "./\(file)" : file
      commands.append(
        (Self.text(["run", name, "--retry-failed"] + configuration), words.runs(missions(written))))
    }
    return commands
  }

  /// Days whose results look wrong are there; scraping them once more is offered when nothing else is to be done. Of
  /// other journals than the own one nobody here can put anything back.
  private func suspicious(_ words: CoveragePhrases) -> [(command: String, meaning: String)] {
    guard totals.counts[.suspicious] > 0, options.journals.isEmpty else { return [] }
    let chosen = (selection + configuration).map { " " + ShellWord.quoted($0) }.joined()
    let step = NextStep.rerunSuspicious(totals.counts[.suspicious]) { "mission-control \($0)\(chosen)" }
    return [(step.command, words.scrapesAgain(words.days(totals.counts[.suspicious])))]
  }

  /// The options that chose the days.
  private var selection: [String] {
    var arguments: [String] = []
    let selection = options.selection
    for source in selection.sources { arguments += ["--source", source] }
    if let from = selection.from { arguments += ["--from", "\(from)"] }
    if let to = selection.to { arguments += ["--to", "\(to)"] }
    if let mediaType = selection.mediaType { arguments += ["--media-type", mediaType.rawValue] }
    if !selection.languages.isEmpty {
      arguments += ["--languages", selection.languages.joined(separator: ",")]
    }
    return arguments
  }

  /// The same question, with a file.
  private var again: [String] {
    var arguments = ["coverage"] + selection
    for path in options.like { arguments += ["--like", path] }
    for path in options.journals { arguments += ["--journal", path] }
    if options.checksData { arguments.append("--data") }
    return arguments + ["--write", "repair.csv"] + configuration
  }

  private var configuration: [String] { common.ofJournal }

  private static func text(_ arguments: [String]) -> String {
    (["mission-control"] + arguments).map(ShellWord.quoted).joined(separator: " ")
  }
}
