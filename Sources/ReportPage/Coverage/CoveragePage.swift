import Coverage
import Crypto
import MissionCore
import Report

/// Which days are there, as one self-contained page: totals, what to type, and for each slice a strip of weeks for
/// every year and a table of what is not there. It needs no script to be read.
///
/// Bounded: slices beyond what a browser bears are counted and not drawn.
package struct CoveragePage {
  /// Bytes of markup of slices that are drawn, and of those that are at least named.
  private static let mostDrawn = 3 << 20
  private static let mostBytes = 4 << 20

  private let words: CoveragePhrases
  private let now: Timestamp
  private let version: String
  private var slices: [Markup] = []
  private var bytes = 0
  private var left = 0

  /// - Parameter now: when it is written.
  package init(_ words: CoveragePhrases, now: Timestamp, version: String) {
    self.words = words
    self.now = now
    self.version = version
  }

  /// One more slice.
  package mutating func add(_ coverage: SliceCoverage) {
    guard bytes < Self.mostBytes else {
      left += 1
      return
    }
    let part = CoverageSlice(coverage, words, number: slices.count, isDrawn: bytes < Self.mostDrawn).markup
    bytes += part.html.utf8.count
    slices.append(part)
  }

  /// - Parameter next: the commands to type, each with what it does.
  package func html(_ totals: CoverageTotals, next: [(command: String, meaning: String)]) -> String {
    let more: Markup? = left > 0 ? "<p class=\"notice small\">\(words.moreSlices(left))</p>\n" : nil
    let page: Markup = """
      \(head)<body>
      <a class="skip" href="#report">\(words.skipToContent)</a>
      <div class="page">
      <header class="top"><div class="brand"><div><h1>\(words.title)</h1>
      <p>\(outcome(totals))</p></div></div></header>
      <main id="report" tabindex="-1">
      \(figures(totals))\(commands(next))\(slices)\(more)</main>
      <footer><p>\(words.writtenAt(words.numbers.moment(now), version))</p>
      <p>\(words.footer)</p></footer>
      </div>
      </body>
      </html>

      """
    return page.html
  }

  private var head: Markup {
    let policy = """
      default-src 'none'; script-src \(Self.source(of: PageScript.early)); style-src \(Self.source(of: Self.style)); \
      img-src data:; font-src data:; base-uri 'none'; form-action 'none'
      """
    return """
      <!DOCTYPE html>
      <html lang="\(words.language == .portuguese ? "pt-BR" : "en")">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="dark light">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <title>\(words.title)</title>
      <script>\(Markup(html: PageScript.early))</script>
      <style>\(Markup(html: Self.style))</style>
      </head>

      """
  }

  /// That of the report's page, and what only this one has.
  private static let style = PageStyle.whole + "\n" + EmbeddedText.joined([PackageResources.coverage_css])

  private static func source(of text: String) -> String {
    "'sha256-\(Base64.text(SHA256.digest(of: text)))'"
  }

  private func outcome(_ totals: CoverageTotals) -> String {
    let counts = totals.counts
    if counts.total == 0 { return words.nothingWanted }
    if totals.isWhole { return words.isWhole }
    return words.thereOf(counts.total - counts.toRepair, counts.total)
  }

  private func figures(_ totals: CoverageTotals) -> Markup {
    let states = DayState.allCases.filter { totals.counts[$0] > 0 }
    return """
      <section class="card" aria-labelledby="totals-title"><h2 id="totals-title" class="hidden-text">\(words.totals)</h2>
      <dl class="totals"><div><dt>\(words.wanted)</dt><dd>\(words.numbers.count(totals.counts.total))</dd></div>
      \(states.map { state in
        """
        <div class="\(state.needsRepair ? "is-failed" : "")"><dt><span class="key day-\(state.rawValue)"></span> \
        \(words.state(state))</dt><dd>\(words.numbers.count(totals.counts[state]))</dd></div>

        """ as Markup
      })</dl></section>

      """
  }

  private func commands(_ next: [(command: String, meaning: String)]) -> Markup? {
    guard !next.isEmpty else { return nil }
    return """
      <section class="card" aria-labelledby="next-title"><header><h2 id="next-title">\(words.next)</h2></header>
      <ol class="next">\(next.map { step in
        """
        <li><p>\(step.meaning)</p>
        <div class="command"><pre><code>\(step.command)</code></pre></div></li>

        """ as Markup
      })</ol></section>

      """
  }
}
