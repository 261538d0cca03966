import MissionCore

/// What went wrong and what to type next.
extension SummaryText {
  var failures: [String] {
    guard !summary.failures.isEmpty else { return [] }
    var lines = [phrases.failures]
    for (index, group) in summary.failures.enumerated() {
      lines.append(failureHead(group))
      let message = phrases.translated(UntrustedText.message(group.message))
      lines.append("    \(phrases.example) \(group.example)" + (message.isEmpty ? "" : ": \(message)"))
      if group.messages.count > 1 || group.messages.contains(where: { $0.count > 1 }) {
        for told in group.messages {
          lines.append(
            "    \(numbers.count(told.count)) × \(phrases.translated(UntrustedText.message(told.text)))")
        }
      }
      if let hint = phrases.hint(group.code) { lines.append("    \(phrases.mend): \(hint)") }
      // Once, though its causes may be several.
      let isLast = !summary.failures[(index + 1)...].contains { $0.code == group.code }
      if group.isWholeCode, isLast, !summary.isLive, !summary.isSuperseded {
        lines.append(
          "    \(command("retry --code \(group.code.rawValue)", chooses: true))  \(phrases.putsBack)")
      }
    }
    return lines
  }

  /// `ERROR203  12 × job retries used up: ERROR202, job not finished in time`.
  func failureHead(_ group: RunSummary.Failures) -> String {
    let cause = group.cause.map { ": \($0.rawValue), \(phrases.translated($0.meaning))" } ?? ""
    return "  \(group.code.rawValue)  \(numbers.count(group.count)) × "
      + phrases.translated(group.code.meaning) + cause
  }

  /// How the whole journal stands, where that is more than the run's own counts say.
  var backfill: [String] {
    guard summary.merged == nil, let backfill = summary.backfill else { return [] }
    let text = BackfillText(backfill, phrases: phrases, width: width)
    let isMore = summary.journal == nil && backfill.counts.total > summary.run.counts.selected
    let lines = (isMore ? ["  " + text.line] : []) + text.days
    return lines.isEmpty ? [] : [phrases.backfill] + lines
  }

  /// Results that are not like those before them: which, and what a person can do.
  var suspicious: [String] {
    let found = summary.suspicious
    guard found.count > 0 else { return [] }
    var table = TextTable([.left, .left, .left])
    for mission in found.missions.prefix(Self.mostNamed) {
      guard let suspicion = mission.suspicion else { continue }
      table.add([
        mission.id.description, numbers.day(mission.parameters.dateStart), phrases.suspicion(suspicion),
      ])
    }
    var lines = [phrases.suspicious(found.count)] + table.lines(indent: 2)
    let more = found.count - min(found.missions.count, Self.mostNamed)
    if more > 0 { lines.append("  " + phrases.andMore(more)) }
    guard !summary.isLive, !summary.isSuperseded else { return lines }
    var commands = TextTable([.left, .left])
    for step in suspiciousSteps { commands.add([step.command, step.effect]) }
    return lines + commands.lines(indent: 2)
  }

  /// The commands for suspicious results, and what each does.
  package var suspiciousSteps: [(command: String, effect: String)] {
    let found = summary.suspicious
    guard let first = found.missions.first else { return [] }
    let accepted = found.count == 1 ? first.id.description : "ID"
    let lists = (command("list --suspicious", chooses: true), phrases.listsSuspicious)
    let accepts = (command("accept \(accepted)"), phrases.acceptsSuspicious)
    // What is to be typed next does the same.
    let isNext = summary.next.contains { $0.kind == .rerunSuspicious }
    guard found.isWhole, !isNext else { return [lists, accepts] }
    return [lists, (command("rerun --suspicious", chooses: true), phrases.scrapesAgain(found.done)), accepts]
  }

  var inputErrors: [String] {
    guard summary.inputs.count > 0 else { return [] }
    var lines =
      [phrases.inputErrors]
      + summary.inputs.lines.map {
        "  " + phrases.translated(UntrustedText.message($0, limit: 400))
      }
    let more = summary.inputs.count - summary.inputs.lines.count
    if more > 0 { lines.append("  " + phrases.andMore(more)) }
    return lines
  }

  /// Listed missions that stay FAILED, the first of them by name.
  var failedEarlier: [String] {
    let count = summary.run.counts.failedEarlier
    guard count > 0 else { return [] }
    let named = (summary.advice?.failedEarlier ?? []).prefix(Self.mostNamed)
    let lines = named.map { mission in
      "  \(mission.id)  \(mission.errorCode?.rawValue ?? "")  \(numbers.day(mission.parameters.dateStart))"
    }
    let more = count - lines.count
    return [phrases.failedEarlier(count)] + lines
      + (more > 0 && !lines.isEmpty ? ["  " + phrases.andMore(more)] : [])
  }

  var unlisted: [String] {
    guard let count = summary.advice?.unlisted, count > 0 else { return [] }
    return [phrases.unlisted(count)]
  }

  /// What is left comes before what failed, because a resume may end it all.
  var next: [String] {
    if summary.merged != nil { return [] }
    var table = TextTable([.left, .left])
    if summary.isLive {
      table.add([command("status"), phrases.whileLive])
      return [phrases.next] + table.lines(indent: 2)
    }
    if summary.isSuperseded { table.add([command("report"), phrases.whenSuperseded]) }
    for step in summary.next { table.add([step.command, phrases.nextStep(step)]) }
    let lines = table.lines(indent: 2)
    return [phrases.next] + (lines.isEmpty ? ["  " + phrases.nothingLeft] : lines)
  }

  /// Missions that are named one by one.
  private static var mostNamed: Int { 5 }
}
