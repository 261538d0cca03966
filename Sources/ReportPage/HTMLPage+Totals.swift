import MissionCore
import Report

/// The figures: first of the backfill, then of the run.
extension HTMLPage {
  private struct Figure {
    let name: String
    let phrase: PagePhrase
    let value: String
    var kind = ""
  }

  var totals: Markup {
    """
    <section class="card" id="totals" aria-labelledby="totals-title">
    <h2 id="totals-title" class="hidden-text">\(phrases(.totals))</h2>
    \(backfillTotals)\(runTotals)</section>

    """
  }

  /// How the whole journal stands; nothing where nobody knows.
  private var backfillTotals: Markup? {
    guard summary.merged == nil, let backfill = summary.backfill else { return nil }
    let counts = backfill.counts
    var figures = standing(done: counts.done, failed: counts.failed, left: backfill.left)
    if backfill.suspicious.missions > 0 {
      let count = phrases.count(backfill.suspicious.missions)
      figures.append(Figure(name: "suspicious", phrase: .suspicious, value: count, kind: "is-suspicious"))
    }
    if counts.cancelled > 0 {
      figures.append(Figure(name: "cancelled", phrase: .cancelled, value: phrases.count(counts.cancelled)))
    }
    let share = phrases.percent(counts.done, of: counts.total)
    let bar = bar([
      (counts.done - backfill.suspicious.missions, "is-done"),
      (backfill.suspicious.missions, "is-suspicious"),
      (counts.failed, "is-failed"), (counts.cancelled, "is-cancelled"), (backfill.left, "is-left"),
    ])
    let told = phrases(
      .doneOfAll, ["share": share, "n": phrases.count(counts.done), "all": phrases.count(counts.total)])
    return """
      <div class="lead"><div><h3>\(phrases(.backfill)) <span class="soft small">\(told)</span></h3>
      <dl class="totals is-large" id="backfill-totals">\(figures.map(markup))</dl></div>\(rateChart)</div>
      \(bar)\(days(.failed, "failed", backfill.failed))\(days(.suspicious, "suspicious", backfill.suspicious))
      """
  }

  /// Which days they are, for those who read no calendar.
  private func days(_ phrase: PagePhrase, _ kind: String, _ spans: DaySpans) -> Markup? {
    guard spans.missions > 0 else { return nil }
    let more = spans.moreSpans > 0 ? " " + phrases(.andMore, ["n": phrases.count(spans.moreSpans)]) : ""
    return """
      <p class="days-named" data-kind="\(kind)"><span class="soft">\(phrases(phrase))</span> \
      <span class="figure">\(phrases.spans(spans))\(more)</span></p>

      """
  }

  private var runTotals: Markup {
    let counts = summary.run.counts
    let ended = Double(counts.done + counts.failed)
    let rate = summary.wallSeconds > 0 ? ended / summary.wallSeconds : 0
    let tellsRun = summary.journal == nil
    // What the backfill's figures say already is not said twice.
    let tellsCounts = tellsRun || summary.backfill == nil
    var figures: [Figure] = []
    if tellsRun {
      figures.append(Figure(name: "selected", phrase: .selected, value: phrases.count(counts.selected)))
    }
    if tellsCounts { figures += standing(done: counts.done, failed: counts.failed, left: counts.left) }
    let rare: [(String, PagePhrase, Int)] = [
      ("recovered", .recovered, counts.recovered), ("cancelled", .cancelled, counts.cancelled),
      ("skipped", .skipped, counts.skipped), ("rejected", .rejectedRows, counts.rejectedRows),
    ]
    for (name, phrase, count) in rare where count > 0 && tellsCounts {
      figures.append(Figure(name: name, phrase: phrase, value: phrases.count(count)))
    }
    figures.append(Figure(name: "ads", phrase: .ads, value: phrases.count(counts.ads)))
    figures.append(Figure(name: "bytes", phrase: .bytes, value: phrases.bytes(summary.bytes)))
    if tellsRun {
      figures.append(
        Figure(name: "time", phrase: .time, value: phrases.duration(seconds: summary.wallSeconds)))
      figures.append(Figure(name: "rate", phrase: .rate, value: phrases.rate(perSecond: rate)))
    }
    let title: Markup? =
      tellsRun && summary.merged == nil ? "<h3 class=\"run-title\">\(phrases(.thisRun))</h3>\n" : nil
    let bar =
      summary.merged != nil || summary.backfill == nil
      ? self.bar([
        (counts.done, "is-done"), (counts.failed, "is-failed"), (counts.cancelled, "is-cancelled"),
        (counts.left, "is-left"),
      ]) : nil
    return "\(title)<dl class=\"totals\" id=\"run-totals\">\(figures.map(markup))</dl>\n\(bar)"
  }

  private func standing(done: Int, failed: Int, left: Int) -> [Figure] {
    [
      Figure(name: "done", phrase: .done, value: phrases.count(done)),
      Figure(
        name: "failed", phrase: .failed, value: phrases.count(failed),
        kind: failed > 0 ? "is-failed" : "is-zero"),
      Figure(name: "left", phrase: .left, value: phrases.count(left), kind: left > 0 ? "" : "is-zero"),
    ]
  }

  private func markup(_ figure: Figure) -> Markup {
    """
    <div class="\(figure.kind)" data-figure="\(figure.name)"><dt>\(phrases(figure.phrase))</dt><dd>\(figure.value)</dd></div>

    """
  }

  /// Shares, drawn; the figures say the same.
  private func bar(_ parts: [(count: Int, name: String)]) -> Markup? {
    let all = parts.reduce(0) { $0 + $1.count }
    guard all > 0 else { return nil }
    var x = 0.0
    let rectangles = parts.filter { $0.count > 0 }.map { count, name -> Markup in
      // One failure among ten thousand must still be seen.
      let width = max(4, Double(count) * 1000 / Double(all))
      defer { x += width + 3 }
      return "<rect x=\"\(Int(x))\" width=\"\(Int(width.rounded(.up)))\" height=\"8\" class=\"\(name)\"/>"
    }
    return """
      <div class="bar" aria-hidden="true"><svg viewBox="0 0 \(Int(max(1, x - 3))) 8" preserveAspectRatio="none">\
      \(rectangles)</svg></div>

      """
  }

  /// Missions that ended over the time of the report, drawn small.
  private var rateChart: Markup? {
    let bars = rates.bars
    guard bars.count > 2, let most = bars.max(), most > 0 else { return nil }
    let rectangles = bars.enumerated().filter { $0.element > 0 }.map { place, count -> Markup in
      let height = max(1, count * 40 / most)
      return "<rect x=\"\(place * 3)\" y=\"\(40 - height)\" width=\"2\" height=\"\(height)\"/>"
    }
    let title = phrases(
      .rateChart, ["time": phrases.duration(seconds: rates.barSeconds), "n": phrases.count(most)])
    return """
      <figure class="rate"><svg viewBox="0 0 \(bars.count * 3) 40" preserveAspectRatio="none" role="img" \
      aria-label="\(title)">\(rectangles)</svg><figcaption class="soft small">\(title)</figcaption></figure>
      """
  }
}
