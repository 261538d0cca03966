import MissionCore
import Report

/// Results that are not like those before them: which, and what a person can do.
extension HTMLPage {
  var suspicious: Markup? {
    let found = summary.suspicious
    guard found.count > 0 else { return nil }
    let steps = summary.isLive || summary.isSuperseded ? [] : phrases.suspiciousSteps(summary)
    let items = steps.map {
      "<li><p>\(phrases.sentence($0.effect))</p>\(commandLine($0.command))</li>\n" as Markup
    }
    let commands: Markup? = items.isEmpty ? nil : "<ul class=\"next\">\(items)</ul>\n"
    return """
      <section class="card" id="suspicious" aria-labelledby="suspicious-title">
      <header><h2 id="suspicious-title">\(phrases.suspicious(found.count))</h2>\
      <p class="soft small">\(phrases(.suspiciousNote))</p></header>
      <ul>\(found.missions.compactMap(line))\(moreSuspicious(found))</ul>
      \(commands)</section>

      """
  }

  private func line(_ mission: MissionRecord) -> Markup? {
    guard let suspicion = mission.suspicion else { return nil }
    return """
      <li>\(phrases.days(mission.parameters)): \(phrases.suspicion(suspicion)) \
      <code class="soft small">\(mission.id.description)</code></li>

      """
  }

  private func moreSuspicious(_ found: SuspiciousResults) -> Markup? {
    let count = found.count - found.missions.count
    return count > 0 ? "<li>\(phrases(.andMore, ["n": phrases.count(count)]))</li>\n" : nil
  }
}
