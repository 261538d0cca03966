import MissionCore

/// Renders a run's summary as calm, aligned text, without colour.
public struct SummaryText: Sendable {
  let summary: RunSummary
  let phrases: Phrases

  public init(_ summary: RunSummary, phrases: Phrases = .english) {
    self.summary = summary
    self.phrases = phrases
  }

  /// The whole text, with a final newline.
  public func render() -> String {
    let sections = [
      heading, totals, checkpoints, shares(phrases.perWorker, summary.tally.workers, phrases.withoutWorker),
      shares(phrases.perProxy, summary.tally.proxies, phrases.withoutProxy), failures, inputErrors,
      earlierFailures, next,
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var heading: [String] {
    let end = summary.run.finishedAt.map { ", \(phrases.finished) \(Self.seconds($0))" } ?? ""
    return [
      "\(phrases.run) \(summary.run.id)  \(phrases.started) \(Self.seconds(summary.run.startedAt))\(end), "
        + "\(phrases.exit) \(summary.exitCode)"
    ]
  }

  private var totals: [String] {
    let counts = summary.run.counts
    let tally = summary.tally
    guard counts.selected > 0 || counts.rejectedRows > 0 else {
      return ["  \(phrases.nothingToDo)" + skippedNote(counts)]
    }
    var table = TextTable([.left, .right, .left])
    table.add([phrases.selected, Humanized.count(counts.selected), ""])
    table.add([phrases.done, Humanized.count(counts.done), ""])
    table.add([phrases.failed, Humanized.count(counts.failed), ""])
    table.add([phrases.cancelled, Humanized.count(counts.cancelled), ""])
    table.add([phrases.left, Humanized.count(counts.left), leftByCheckpoint])
    table.add([phrases.skipped, Humanized.count(counts.skipped), ""])
    table.add([phrases.rejectedRows, Humanized.count(counts.rejectedRows), ""])
    if summary.inputs.duplicates > 0 {
      table.add([phrases.duplicates, Humanized.count(summary.inputs.duplicates), ""])
    }
    if tally.retries > 0 { table.add([phrases.retries, Humanized.count(tally.retries), ""]) }
    table.add([phrases.ads, Humanized.count(tally.ads), ""])
    table.add([phrases.bytes, Humanized.bytes(tally.bytes), ""])
    table.add([phrases.time, Humanized.duration(seconds: summary.wallSeconds), ""])
    let ended = counts.done + counts.failed
    let perSecond = summary.wallSeconds > 0 ? Double(ended) / summary.wallSeconds : 0
    table.add([phrases.rate, Humanized.rate(perSecond: perSecond), ""])
    return table.lines(indent: 2)
  }

  private func skippedNote(_ counts: RunCounts) -> String {
    counts.skipped > 0 ? " (\(Humanized.count(counts.skipped)) \(phrases.skipped))" : ""
  }

  private var leftByCheckpoint: String {
    Checkpoint.allCases.compactMap { checkpoint in
      summary.tally.left[checkpoint].map { phrases.leftBreakdown(checkpoint.rawValue, $0) }
    }.joined(separator: ", ")
  }

  private var checkpoints: [String] {
    var table = TextTable([.left, .right, .right])
    table.add(["", "p50", "p95"])
    let timed = Checkpoint.allCases.filter { summary.tally.durations[$0] != nil }
    for checkpoint in timed {
      let sketch = summary.tally.durations[checkpoint]
      let shown = [0.5, 0.95].map { sketch?.percentile($0).map(Humanized.duration(seconds:)) ?? "-" }
      table.add([checkpoint.rawValue] + shown)
    }
    return timed.isEmpty ? [] : [phrases.perCheckpoint] + table.lines(indent: 2)
  }

  private func shares(_ title: String, _ shares: [String: RunTally.Share], _ unnamed: String) -> [String] {
    guard !shares.isEmpty, shares.keys.contains(where: { !$0.isEmpty }) else { return [] }
    var table = TextTable([.left, .right, .right, .right, .right])
    table.add(["", phrases.done, phrases.failed, phrases.ads, phrases.bytes])
    for (name, share) in shares.sorted(by: { $0.key < $1.key }) {
      table.add([
        name.isEmpty ? unnamed : UntrustedText.clean(name, limit: 60), Humanized.count(share.done),
        Humanized.count(share.failed), Humanized.count(share.ads), Humanized.bytes(share.bytes),
      ])
    }
    return [title] + table.lines(indent: 2)
  }

  static func seconds(_ moment: Timestamp) -> String { moment.description.prefix(19) + "Z" }

  func command(_ words: String) -> String { "mission-control \(words)\(summary.commandSuffix)" }
}
