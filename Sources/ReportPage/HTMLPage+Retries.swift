import MissionCore
import Report

/// What was tried again, by code, worker and proxy, and what that cost.
extension HTMLPage {
  var retries: Markup? {
    guard let retries = summary.retries, retries.count > 0 || retries.lostSeconds >= 1 else { return nil }
    let cost: Markup? =
      retries.lostSeconds > 0 ? "<p class=\"soft small\">\(phrases.thrownAway(retries))</p>" : nil
    let rows = phrases.retryCounts(retries).map { title, counts -> Markup in
      let items = counts.prefix(12).map {
        "<li>\(untrusted: $0.name)&nbsp;×&nbsp;\($0.count)</li>" as Markup
      }
      return "<dt>\(title)</dt><dd><ul class=\"chips\">\(items)</ul></dd>\n"
    }
    return """
      <section class="card" id="retries" aria-labelledby="retries-title">
      <header><h2 id="retries-title">\(phrases.retries(retries.count))</h2>\(cost)</header>
      <div class="failure"><dl>\(rows)</dl></div></section>

      """
  }
}
