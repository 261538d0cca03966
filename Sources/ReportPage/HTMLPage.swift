import Crypto
import Journal
import MissionCore
import Report

/// The page's markup around the table of missions and the data.
struct HTMLPage {
  let summary: RunSummary
  let failures: [FailureGroups.Group]
  /// When missions ended.
  let rates: EndedOverTime
  /// Missions that the report lists.
  let listed: Int
  let circumstances: ReportCircumstances
  let phrases: HTMLPhrases

  /// From the document's start to where the table without a script stands.
  func beginning(_ calendar: JournalCalendar?) throws -> Markup {
    let sections: [Markup?] = [
      notices, totals, next, failureSection, suspicious, heatMap, retries, inputErrors, self.calendar,
      adsPerDay,
      slices(calendar), timeline, shares,
    ]
    return """
      \(try head())<body>
      <a class="skip" href="#report">\(phrases(.skipToContent))</a>
      <div class="page">
      \(heading)<main id="report" tabindex="-1">
      \(sections.compactMap { $0 })\(missionsBeginning)
      """
  }

  /// The run's, or that of the journal.
  var name: String { summary.journal == nil ? summary.run.id : phrases.wholeJournal }

  /// From behind that table to the data.
  var middle: Markup {
    """
    </section>
    </main>
    <footer><p>\(phrases(.written, ["time": phrases.moment(circumstances.now), "version": circumstances.version]))</p>
    <p>\(phrases(.footer))</p></footer>
    </div>
    <dialog id="mission" aria-labelledby="mission-title"></dialog>
    <div id="tip" class="tip" role="status" hidden></div>
    <div id="announcer" class="hidden-text" aria-live="polite"></div>
    <script type="application/json" id="data">
    """
  }

  /// Behind the data.
  var end: String { "</script>\n<script>\(PageScript.text)</script>\n</body>\n</html>\n" }

  /// Nothing may be loaded, sent, framed or run but the page's own style and its two scripts, which are named
  /// by their digests; and no text may become markup.
  private func head() throws -> Markup {
    let policy = """
      default-src 'none'; script-src \(Self.early) \(Self.main); style-src \(Self.style); img-src data:; font-src data:; \
      base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'
      """
    let again: Markup? =
      circumstances.isLive
      ? "<noscript><meta http-equiv=\"refresh\" content=\"\(Int(HTMLReport.refreshInterval.components.seconds))\"></noscript>\n"
      : nil
    return """
      <!DOCTYPE html>
      <html lang="\(phrases.script(.language))">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="dark light">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      \(again)<title>\(phrases(.title)) · \(name)</title>
      <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='3.4' fill='%23facc15'/%3E%3C/svg%3E">
      <script>\(Markup(html: PageScript.early))</script>
      <style>\(Markup(html: PageStyle.whole))</style>
      </head>

      """
  }

  private static let early = source(of: PageScript.early)
  private static let main = source(of: PageScript.text)
  private static let style = source(of: PageStyle.whole)

  /// As a policy names an inline element by its content.
  private static func source(of text: String) -> String {
    "'sha256-\(Base64.text(SHA256.digest(of: text)))'"
  }
}
