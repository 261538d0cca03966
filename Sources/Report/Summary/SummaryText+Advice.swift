import MissionCore

/// What went wrong and what to type next.
extension SummaryText {
  var failures: [String] {
    guard !summary.failures.isEmpty else { return [] }
    var lines = [phrases.failures]
    for group in summary.failures {
      lines.append(
        "  \(group.code.rawValue)  \(numbers.count(group.count)) × \(phrases.translated(group.code.meaning))")
      let cause = group.cause.map { " (\($0.rawValue))" } ?? ""
      let message = phrases.translated(UntrustedText.message(group.message))
      lines.append(
        "    \(phrases.example) \(group.example)\(cause)" + (message.isEmpty ? "" : ": \(message)"))
      if let hint = phrases.hint(group.code) { lines.append("    \(phrases.mend): \(hint)") }
      if group.isWholeCode, !summary.isLive, !summary.isSuperseded {
        lines.append("    \(command("retry --code \(group.code.rawValue)"))  \(phrases.putsBack)")
      }
    }
    return lines
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
