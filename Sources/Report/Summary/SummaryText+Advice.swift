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
      let message = phrases.translated(UntrustedText.clean(group.message))
      lines.append(
        "    \(phrases.example) \(group.example)\(cause)" + (message.isEmpty ? "" : ": \(message)"))
      if let hint = phrases.hint(group.code) { lines.append("    \(phrases.mend): \(hint)") }
      // The run that works takes them up by itself, or the one after it.
      if summary.isLive { continue }
      lines.append("    \(command("retry --code \(group.code.rawValue)")), \(phrases.then) \(command("run"))")
    }
    return lines
  }

  var inputErrors: [String] {
    guard summary.inputs.count > 0 else { return [] }
    var lines =
      [phrases.inputErrors]
      + summary.inputs.lines.map {
        "  " + phrases.translated(UntrustedText.clean($0, limit: 400))
      }
    let more = summary.inputs.count - summary.inputs.lines.count
    if more > 0 { lines.append("  " + phrases.andMore(more)) }
    return lines
  }

  var earlierFailures: [String] {
    guard summary.earlierFailures > 0 else { return [] }
    return [phrases.earlierFailures(summary.earlierFailures), "  " + command("run --retry-failed")]
  }

  /// One or two commands: what is left comes before what failed, because a resume may end it all.
  var next: [String] {
    let counts = summary.run.counts
    var table = TextTable([.left, .left])
    if summary.isLive {
      table.add([command("status"), phrases.whileLive])
      return [phrases.next] + table.lines(indent: 2)
    }
    if counts.left > 0 {
      let isBlocked = summary.failures.contains { $0.code.opensBreaker }
      table.add([
        command("run"),
        isBlocked ? phrases.resumeWhenMended(counts.left) : phrases.resume(counts.left),
      ])
    }
    if counts.failed > 0 { table.add([command("run --retry-failed"), phrases.retryFailed(counts.failed)]) }
    if summary.inputs.count > 0, counts.left == 0 { table.add([command("run"), phrases.importMended]) }
    let lines = table.lines(indent: 2)
    return [phrases.next] + (lines.isEmpty ? ["  " + phrases.nothingLeft] : lines)
  }
}
