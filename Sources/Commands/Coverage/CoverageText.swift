import Coverage
import MissionCore
import Report

/// The answer for people: a line for each slice, and below it what is not there.
struct CoverageText: CoverageAnswer {
  /// Ranges that are shown of a slice.
  private static let mostRanges = 30
  /// Lines of slices that are whole.
  private static let mostWhole = 50

  private let context: CommandContext
  private let words: CoveragePhrases
  private var whole = 0

  init(_ context: CommandContext) {
    self.context = context
    words = .of(context.language.current)
  }

  mutating func add(_ coverage: SliceCoverage) {
    let isWhole = coverage.counts.toRepair == 0 && coverage.counts[.suspicious] == 0
    if isWhole {
      whole += 1
      if whole > Self.mostWhole { return }
    }
    context.print(head(coverage) + "\n")
    guard !isWhole else { return }
    let ranges = coverage.ranges.filter(\.state.needsPerson)
    var table = TextTable([.left, .left, .right])
    for range in ranges.prefix(Self.mostRanges) {
      table.add([
        words.state(range.state), words.numbers.days(range.first, range.last), words.days(range.days),
      ])
    }
    let style = context.terminal.outputStyle
    for (line, range) in zip(table.lines(indent: 2), ranges) {
      let isBad = range.state.needsRepair && range.state != .pending && range.state != .running
      context.print((isBad ? style.red(line) : line) + "\n")
    }
    if ranges.count > Self.mostRanges {
      context.print("  \(words.moreRanges(ranges.count - Self.mostRanges))\n")
    }
  }

  /// `default video pt,eng  2025-01-01..2025-12-31  350 of 365 days there: 340 done, 10 empty`
  private func head(_ coverage: SliceCoverage) -> String {
    let counts = coverage.counts
    let states = DayState.allCases.filter { counts[$0] > 0 }.map {
      words.counted(counts[$0], $0)
    }
    let days = coverage.ranges.first.flatMap { first in
      coverage.ranges.last.map { words.numbers.days(first.first, $0.last) }
    }
    let there = words.thereOf(counts.total - counts.toRepair, counts.total)
    return "\(SliceText.name(coverage.slice))  \(days ?? "")  \(there): \(states.joined(separator: ", "))"
  }

  func finish(_ totals: CoverageTotals, _ steps: CoverageSteps) {
    if whole > Self.mostWhole { context.print(words.moreWholeSlices(whole - Self.mostWhole) + "\n") }
    let counts = totals.counts
    guard counts.total > 0 else { return context.print(words.nothingWanted + "\n") }
    let suspicious =
      counts[.suspicious] > 0 ? ", \(words.counted(counts[.suspicious], .suspicious))" : ""
    if totals.isWhole {
      context.print(
        "\n\(words.isWhole): \(words.days(counts.total)), \(words.slices(totals.slices))\(suspicious)\n")
    } else {
      let there = words.thereOf(counts.total - counts.toRepair, counts.total)
      context.print("\n\(there), \(words.slices(totals.slices))\(suspicious)\n")
    }
    var table = TextTable([.left, .left])
    for step in steps.commands(words, context.answers.missions) { table.add([step.command, step.meaning]) }
    for line in table.lines() { context.print(line + "\n") }
  }
}

/// A slice as people see it.
enum SliceText {
  /// `default video pt,eng conta=42`
  static func name(_ slice: MissionSlice) -> String {
    [
      slice.source, slice.mediaType?.rawValue ?? "", slice.languages,
      UntrustedText.clean(slice.values.list, limit: 120),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
