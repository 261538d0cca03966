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
      texts.append(phrases(.listedSome, ["n": phrases.count(listed)]))
    }
    return """
      <p class="notice small unscripted-only">\(phrases(.unscripted))</p>
      \(texts.map { "<p class=\"notice small\">\($0)</p>\n" as Markup })
      """
  }
}
