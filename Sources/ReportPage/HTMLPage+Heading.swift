import MissionCore
import Report

/// What the run was and how it ended.
extension HTMLPage {
  var heading: Markup {
    let run = summary.run
    var facts: [String] = []
    if let scope = summary.journal {
      if let from = scope.from, let to = scope.to {
        facts.append("\(phrases.day(from)) – \(phrases.day(to))")
      }
      if !scope.choice.isEmpty { facts.append(String(scope.choice.dropFirst())) }
    } else {
      facts.append(phrases(.started, ["time": phrases.moment(run.startedAt)]))
      if let finished = run.finishedAt {
        facts.append(phrases(.finished, ["time": phrases.moment(finished)]))
      }
      let took = phrases.duration(seconds: summary.wallSeconds).replacing(" ", with: "\u{A0}")
      facts.append(phrases(.took, ["time": took]))
    }
    return """
      <header class="top">
      <div class="brand">
      <svg width="34" height="34" viewBox="0 0 34 34" aria-hidden="true"><circle cx="17" cy="17" r="15.5" fill="none" \
      stroke="currentColor" stroke-opacity=".25" stroke-width="1.5"/><circle cx="17" cy="17" r="5" fill="#facc15"/>\
      <path d="M17 1.5a15.5 15.5 0 0 1 15.5 15.5" fill="none" stroke="#facc15" stroke-width="2.5" \
      stroke-linecap="round"/></svg>
      <div><h1>\(phrases(.title))</h1>
      <p><code>\(name)</code> · \(facts.joined(separator: ", "))</p></div>
      </div>
      <div class="tools">\(outcome)
      <button class="button scripted-only" id="follow" type="button" aria-pressed="false" hidden></button>
      <button class="button scripted-only" id="theme" type="button" aria-pressed="false">\
      <span aria-hidden="true">◐</span> <span id="theme-text">\(phrases(.lightTheme))</span></button>
      <button class="button scripted-only" id="print" type="button">\(phrases(.print))</button></div>
      </header>

      """
  }

  private var outcome: Markup? {
    if summary.journal != nil { return nil }
    if circumstances.isLive {
      return """
        <span class="pill is-good is-live"><span class="dot" aria-hidden="true"></span>\(phrases(.live)) \
        <span id="follow-text" class="small scripted-only"></span></span>
        """
    }
    guard let code = summary.exitCode else {
      return "<span class=\"pill is-bad\">\(phrases(summary.end == nil ? .live : .endKilled))</span>"
    }
    let meaning: PagePhrase
    switch code {
    case 75 where summary.end == .timeUp: meaning = .endTimeUp
    case 0: meaning = .exitSuccess
    case 1: meaning = .exitFailed
    case 65: meaning = .exitInput
    case 69: meaning = .exitUnusable
    case 75: meaning = .exitStopped
    default: meaning = .exitOther
    }
    let kind = code == 0 ? "is-good" : code == 75 ? "" : "is-bad"
    return """
      <span class="pill \(kind)">\(phrases(meaning)) <span class="figure">\(phrases(.exit, ["code": "\(code)"]))</span></span>
      """
  }

  /// What a reader has to know before trusting the lists.
  var notices: Markup? {
    var texts: [String] = []
    if summary.omitted > 0 { texts.append(phrases(.omitted, ["n": phrases.count(summary.omitted)])) }
    if let merged = summary.merged {
      texts += SummaryText.problems(merged, ShardPhrases.of(phrases.language))
    }
    if listed > circumstances.mostMissions {
      texts.append(phrases(.listedSome, ["n": phrases.count(circumstances.mostMissions)]))
    }
    return """
      <p class="notice small unscripted-only">\(phrases(.unscripted))</p>
      \(texts.map { "<p class=\"notice small\">\($0)</p>\n" as Markup })
      """
  }

  var totals: Markup {
    let counts = summary.run.counts
    let ended = Double(counts.done + counts.failed)
    let rate = summary.wallSeconds > 0 ? ended / summary.wallSeconds : 0
    var figures: [(PagePhrase, String, String)] = [
      (.selected, phrases.count(counts.selected), ""), (.done, phrases.count(counts.done), ""),
      (.failed, phrases.count(counts.failed), counts.failed > 0 ? "is-failed" : "is-zero"),
      (.left, phrases.count(counts.left), counts.left > 0 ? "" : "is-zero"),
    ]
    let rare: [(PagePhrase, Int)] = [
      (.cancelled, counts.cancelled), (.skipped, counts.skipped), (.rejectedRows, counts.rejectedRows),
    ]
    for (phrase, count) in rare where count > 0 { figures.append((phrase, phrases.count(count), "")) }
    figures += [(.ads, phrases.count(counts.ads), ""), (.bytes, phrases.bytes(summary.bytes), "")]
    if summary.journal == nil {
      figures += [
        (.time, phrases.duration(seconds: summary.wallSeconds), ""),
        (.rate, phrases.rate(perSecond: rate), ""),
      ]
    }
    return """
      <section class="card" aria-labelledby="totals-title"><h2 id="totals-title" class="hidden-text">\(phrases(.totals))</h2>
      <dl class="totals">\(figures.map { figure in
        "<div class=\"\(figure.2)\"><dt>\(phrases(figure.0))</dt><dd>\(figure.1)</dd></div>\n" as Markup
      })</dl>
      \(bar)</section>

      """
  }

  /// Shares of the selection, drawn; the figures above say the same.
  private var bar: Markup? {
    let counts = summary.run.counts
    guard counts.selected > 0 else { return nil }
    var x = 0.0
    let parts: [(Int, String)] = [
      (counts.done, "is-done"), (counts.failed, "is-failed"), (counts.cancelled, "is-cancelled"),
      (counts.left, "is-left"),
    ]
    let rectangles = parts.filter { $0.0 > 0 }.map { (count, name) -> Markup in
      // One failure among ten thousand must still be seen.
      let width = max(4, Double(count) * 1000 / Double(counts.selected))
      defer { x += width + 3 }
      return "<rect x=\"\(Int(x))\" width=\"\(Int(width.rounded(.up)))\" height=\"8\" class=\"\(name)\"/>"
    }
    return """
      <div class="bar" aria-hidden="true"><svg viewBox="0 0 \(Int(max(1, x - 3))) 8" preserveAspectRatio="none">\
      \(rectangles)</svg></div>

      """
  }
}
