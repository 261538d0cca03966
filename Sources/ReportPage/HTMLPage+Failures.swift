import MissionCore
import Report

/// What went wrong and what to type next.
extension HTMLPage {
  func command(_ words: String, chooses: Bool = false) -> String { summary.command(words, chooses: chooses) }

  /// A command to copy; the script adds the button.
  func commandLine(_ command: String) -> Markup {
    // Wraps between words only, not at their dashes.
    let parts = command.split(separator: " ").enumerated().map {
      "\($0.offset > 0 ? " " : "")<span class=\"word\">\(String($0.element))</span>" as Markup
    }
    return "<div class=\"command\"><pre tabindex=\"0\"><code>\(parts)</code></pre></div>"
  }

  /// A merged report has nothing to type: its parts' own reports have.
  var next: Markup? { summary.merged == nil ? steps(of: summary) : nil }

  private func steps(of summary: RunSummary) -> Markup {
    let steps =
      summary.isLive
      ? [(phrases(.whileLive), command("status"))]
      : summary.isSuperseded ? [(phrases(.whenSuperseded), command("report"))] : self.steps
    let items = steps.map { step -> Markup in "<li><p>\(step.0)</p>\(commandLine(step.1))</li>\n" }
    let nothing: Markup? = items.isEmpty ? "<li>\(phrases(.nothingLeft))</li>" : nil
    return """
      <section class="card" id="next" aria-labelledby="next-title"><header><h2 id="next-title">\(phrases(.next))</h2></header>
      <ul class="next">\(remarks)\(items)\(nothing)</ul></section>

      """
  }

  /// What the run did not choose and a person should know of.
  private var remarks: [Markup] {
    let stay = summary.run.counts.failedEarlier
    let unlisted = summary.advice?.unlisted ?? 0
    let texts = [
      stay > 0 ? phrases.failedEarlier(stay) : nil, unlisted > 0 ? phrases.unlisted(unlisted) : nil,
    ]
    return texts.compactMap(\.self).map { "<li><p>\($0).</p></li>\n" as Markup }
  }

  /// What each command does, and the command.
  private var steps: [(String, String)] { summary.next.map { (phrases.sentence($0), $0.command) } }

  var failureSection: Markup? {
    guard !failures.isEmpty else { return nil }
    return """
      <section class="card" id="failures" aria-labelledby="failures-title">
      <header><h2 id="failures-title">\(phrases(.failures))</h2>\
      <p class="soft small">\(phrases(.failuresNote))</p></header>
      <div class="failures">
      \(failures.map(failure))</div></section>

      """
  }

  private func failure(_ group: FailureGroups.Group) -> Markup {
    let code = group.code.rawValue
    // It would put back others as well.
    let isWhole =
      !summary.isSuperseded && !summary.isLive
      && summary.failures.last { $0.code == group.code }.map { $0.isWholeCode && $0.cause == group.cause }
        ?? false
    let hint: Markup? = phrases.hint(group.code).map { "<p>\(phrases(.mend)): \($0)</p>\n" }
    let days = group.days.map { day -> Markup in
      // A button for the script, text without it.
      """
      <li><button type="button" class="scripted-only" data-choose="day=\(day.description)">\(phrases.day(day))</button>\
      <span class="unscripted-only">\(phrases.day(day))</span></li>
      """
    }
    let cause = group.cause.map { ["<li>\($0.rawValue) \(phrases.meaning($0))</li>" as Markup] }
    return """
      <article class="failure" aria-label="\(code)\(group.cause.map { " \($0.rawValue)" } ?? "")">
      <header><h3 class="figure">\(code)</h3><span>\(phrases.meaning(group.code))</span>\
      <span class="count soft small">\(phrases(.missionsFailed, ["n": phrases.count(group.count)]))</span></header>
      \(group.messages.map { message($0, of: group) })\(andMore(group.otherMessages))\(hint)<dl>
      \(cause.map { row(.before, $0) })\
      \(row(.throughProxies, names(group.proxies)))\(row(.onWorkers, names(group.workers)))\
      \(row(.daysAffected, days + [more(group.moreDays)].compactMap { $0 }))</dl>
      \(isWhole ? commandLine(command("retry --code \(code)", chooses: true)) : nil)
      <p class="scripted-only"><button class="button" type="button" data-choose="code=\(code)\(group.cause.map { "&q=\($0.rawValue)" } ?? "")">\(phrases(.showThese))\
      </button></p>
      </article>

      """
  }

  private func message(_ message: (text: Message, count: Int), of group: FailureGroups.Group) -> Markup {
    let times: Markup? =
      group.messages.count > 1 ? " <span class=\"soft\">×&nbsp;\(message.count)</span>" : nil
    return
      "<p class=\"message\">\(phrases.translated(UntrustedText.message(message.text, limit: 400)))\(times)</p>\n"
  }

  private func andMore(_ count: Int) -> Markup? {
    count > 0 ? "<p class=\"soft small\">\(phrases(.andMore, ["n": phrases.count(count)]))</p>\n" : nil
  }

  private func more(_ count: Int) -> Markup? {
    count > 0 ? "<li>\(phrases(.andMore, ["n": phrases.count(count)]))</li>" : nil
  }

  /// The most frequent first.
  private func names(_ names: [String: Int]) -> [Markup] {
    let sorted = names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return sorted.prefix(12).map { "<li>\(untrusted: $0.key)&nbsp;×&nbsp;\($0.value)</li>" as Markup }
      + [more(sorted.count - 12)].compactMap { $0 }
  }

  private func row(_ phrase: PagePhrase, _ items: [Markup]) -> Markup {
    let shown: [Markup] = items.isEmpty ? ["<li>\(phrases(.noProxy))</li>"] : items
    return "<dt>\(phrases(phrase))</dt><dd><ul class=\"chips\">\(shown)</ul></dd>\n"
  }

  var inputErrors: Markup? {
    guard summary.inputs.count > 0 else { return nil }
    let lines = summary.inputs.lines.map {
      "<li><code>\(phrases.translated(UntrustedText.message($0, limit: 400)))</code></li>\n" as Markup
    }
    return """
      <section class="card" aria-labelledby="inputs-title"><header><h2 id="inputs-title">\(phrases(.inputErrors))</h2></header>
      <ul>\(lines)\(more(summary.inputs.count - summary.inputs.lines.count))</ul></section>

      """
  }
}
