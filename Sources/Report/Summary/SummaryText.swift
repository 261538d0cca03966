import MissionCore

/// Renders a run's summary as calm, aligned text, without colour.
public struct SummaryText: Sendable {
  let summary: RunSummary
  let phrases: Phrases
  let width: Int?

  /// - Parameter width: columns of the terminal that lists are folded to; nil leaves them on one line, as for a log.
  public init(_ summary: RunSummary, phrases: Phrases = .english, width: Int? = nil) {
    self.summary = summary
    self.phrases = phrases
    self.width = width
  }

  /// The whole text, with a final newline.
  public func render() -> String {
    let sections = [
      heading, totals, backfill, shards, divided, checkpoints, shares(phrases.perWorker, summary.workers),
      shares(phrases.perProxy, summary.proxies), retries, failures, suspicious, inputErrors, failedEarlier,
      unlisted, next,
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var heading: [String] {
    if let scope = summary.journal {
      let days = scope.from.flatMap { from in scope.to.map { "  " + numbers.days(from, $0) } } ?? ""
      return ["\(phrases.wholeJournal)\(days)\(scope.choice.isEmpty ? "" : " (\(scope.choice.dropFirst()))")"]
    }
    let word = summary.end == .killed ? phrases.lastSignOfLife : phrases.finished
    let end = summary.run.finishedAt.map { ", \(word) \(numbers.moment($0))" } ?? ""
    let name = summary.merged.map(mergedHeading) ?? "\(phrases.run) \(summary.run.id)\(shardNote)"
    return [
      "\(name)  \(phrases.started) \(numbers.moment(summary.run.startedAt))\(end), "
        + outcome
    ]
  }

  /// The exit code, and why it ended when that is not as it should be.
  private var outcome: String {
    if summary.isLive { return phrases.running }
    let code = summary.exitCode.map { "\(phrases.exit) \($0)" }
    return [code, summary.end.flatMap(phrases.reason)].compactMap { $0 }.joined(separator: ", ")
  }

  private var totals: [String] {
    let counts = summary.run.counts
    guard counts.selected > 0 || counts.rejectedRows > 0 || summary.inputs.count > 0 else {
      return ["  \(phrases.nothingToDo)" + skippedNote(counts)]
    }
    var table = TextTable([.left, .right])
    table.add([summary.journal == nil ? phrases.selected : phrases.missions, numbers.count(counts.selected)])
    table.add([phrases.done, numbers.count(counts.done)])
    // Of those that are done: destination and store had them already.
    if counts.recovered > 0 { table.add(["  " + phrases.recovered, numbers.count(counts.recovered)]) }
    table.add([phrases.failed, numbers.count(counts.failed)])
    table.add([phrases.cancelled, numbers.count(counts.cancelled)])
    table.add([phrases.left, numbers.count(counts.left)])
    if summary.journal == nil {
      table.add([phrases.skipped, numbers.count(counts.skipped)])
      table.add([phrases.rejectedRows, numbers.count(counts.rejectedRows)])
    }
    if summary.inputs.duplicates > 0 {
      table.add([phrases.duplicates, numbers.count(summary.inputs.duplicates)])
    }
    table.add([phrases.ads, numbers.count(counts.ads)])
    table.add([phrases.bytes, numbers.bytes(summary.bytes)])
    if summary.journal != nil { return table.lines(indent: 2) }
    table.add([phrases.time, numbers.duration(seconds: summary.wallSeconds)])
    let ended = counts.done + counts.failed
    let perSecond = summary.wallSeconds > 0 ? Double(ended) / summary.wallSeconds : 0
    table.add([phrases.rate, numbers.rate(perSecond: perSecond)])
    return table.lines(indent: 2)
  }

  private func skippedNote(_ counts: RunCounts) -> String {
    counts.skipped > 0 ? " (\(numbers.count(counts.skipped)) \(phrases.skipped))" : ""
  }

  private var checkpoints: [String] {
    guard !summary.checkpoints.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right])
    table.add(["", "p50", "p95"])
    for times in summary.checkpoints {
      let shown = [times.p50Seconds, times.p95Seconds].map(numbers.duration)
      table.add([times.checkpoint.rawValue] + shown)
    }
    return [phrases.perCheckpoint] + table.lines(indent: 2)
  }

  private func shares(_ title: String, _ shares: [RunSummary.Share]) -> [String] {
    guard !shares.isEmpty else { return [] }
    var table = TextTable([.left, .right, .right, .right, .right])
    table.add(["", phrases.done, phrases.failed, phrases.ads, phrases.bytes])
    for share in shares {
      table.add([
        UntrustedText.clean(share.name, limit: 60), numbers.count(share.done),
        numbers.count(share.failed),
        numbers.count(share.ads), numbers.bytes(share.bytes),
      ])
    }
    return [title] + table.lines(indent: 2)
  }

  /// What was tried again, and what that cost.
  private var retries: [String] {
    guard let retries = summary.retries, retries.count > 0 || retries.lostSeconds >= 1 else { return [] }
    var lines = [phrases.retries(retries.count)]
    if retries.lostSeconds > 0 {
      let share = numbers.percent(Int(retries.lostSeconds * 1000), of: Int(retries.jobSeconds * 1000))
      lines.append("  " + phrases.thrownAway(share, numbers.duration(seconds: retries.lostSeconds)))
    }
    var table = TextTable([.left, .left])
    for (title, counts) in [
      (phrases.byCode, retries.codes), (phrases.byWorker, retries.workers),
      (phrases.byProxy, retries.proxies),
    ] where !counts.isEmpty {
      let named = counts.prefix(Self.mostCounts).map {
        "\(UntrustedText.clean($0.name, limit: 60)) \(numbers.count($0.count))"
      }
      let more = counts.count - named.count
      table.add([title, (named + (more > 0 ? [phrases.andMore(more)] : [])).joined(separator: ", ")])
    }
    return lines + table.lines(indent: 2, width: width)
  }

  private static var mostCounts: Int { 6 }

  var numbers: Humanized { phrases.numbers }

  func command(_ words: String, chooses: Bool = false) -> String { summary.command(words, chooses: chooses) }
}
