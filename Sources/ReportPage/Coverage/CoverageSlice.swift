import Coverage
import MissionCore
import Report

/// One slice on the page: a strip for each year, and a table of what is not there.
struct CoverageSlice {
  /// Years that are drawn; of a longer calendar only the table is shown.
  private static let mostYears = 60
  private static let mostRanges = 200

  private let coverage: SliceCoverage
  private let words: CoveragePhrases
  private let number: Int
  private let isDrawn: Bool

  /// - Parameter number: from 0; what it is told apart by on the page.
  init(_ coverage: SliceCoverage, _ words: CoveragePhrases, number: Int, isDrawn: Bool) {
    self.coverage = coverage
    self.words = words
    self.number = number
    self.isDrawn = isDrawn
  }

  var markup: Markup {
    let counts = coverage.counts
    let there = words.thereOf(counts.total - counts.toRepair, counts.total)
    return """
      <section class="card" aria-labelledby="slice-\(number)"><header><h2 id="slice-\(number)">\(untrusted: name)</h2>
      <p class="soft small">\(there)</p></header>
      \(years)\(table)</section>

      """
  }

  private var name: String {
    let slice = coverage.slice
    return [slice.source, slice.mediaType?.rawValue ?? "", slice.languages, slice.values.list]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private var years: [Markup] {
    guard isDrawn, let first = coverage.ranges.first?.first.components.year,
      let last = coverage.ranges.last?.last.components.year, last - first < Self.mostYears
    else { return [] }
    return (first...last).reversed().compactMap { CoverageYear($0, coverage.ranges, words).markup }
  }

  /// What colours tell, in words.
  private var table: Markup? {
    let ranges = coverage.ranges.filter(\.state.needsPerson)
    guard !ranges.isEmpty else { return nil }
    let rows = ranges.prefix(Self.mostRanges).map { range -> Markup in
      """
      <tr><th scope="row"><span class="key day-\(range.state.rawValue)"></span> \(words.state(range.state))</th>\
      <td>\(words.numbers.day(range.first))</td><td>\(words.numbers.day(range.last))</td>\
      <td>\(words.numbers.count(range.days))</td></tr>

      """
    }
    let more: Markup? =
      ranges.count > Self.mostRanges
      ? "<p class=\"soft small\">\(words.moreRanges(ranges.count - Self.mostRanges))</p>\n" : nil
    return """
      <h3 class="not-there">\(words.notThere)</h3>
      <div class="scroll" tabindex="0"><table class="plain"><thead><tr><th scope="col">\(words.stateHead)</th>\
      <th scope="col">\(words.fromHead)</th><th scope="col">\(words.toHead)</th>\
      <th scope="col">\(words.daysHead)</th></tr></thead>
      <tbody>\(rows)</tbody></table></div>
      \(more)
      """
  }
}
