import MissionCore

/// How the journal stands, as people read it: in the summary of a run, in `status` and in what is mailed.
public struct BackfillText {
  private let backfill: BackfillStanding
  private let phrases: Phrases
  /// Columns that lists of days are folded to; nil leaves them on one line.
  private let width: Int?
  private var numbers: Humanized { phrases.numbers }

  public init(_ backfill: BackfillStanding, phrases: Phrases, width: Int? = nil) {
    self.backfill = backfill
    self.phrases = phrases
    self.width = width
  }

  /// `1,079/1,095 done, 16 failed, 7 suspicious, 0 left`.
  public var line: String {
    let counts = backfill.counts
    var facts = [phrases.progressDone(numbers.count(counts.done), numbers.count(counts.total))]
    if counts.failed > 0 { facts.append(phrases.progressFailed(numbers.count(counts.failed))) }
    if counts.cancelled > 0 { facts.append(phrases.progressCancelled(numbers.count(counts.cancelled))) }
    if backfill.suspicious.missions > 0 {
      facts.append(phrases.suspicious(backfill.suspicious.missions))
    }
    facts.append("\(numbers.count(backfill.left)) \(phrases.left)")
    return facts.joined(separator: ", ")
  }

  /// Which days failed and which look wrong, a list each; nothing when all is well.
  public var days: [String] {
    var table = TextTable([.left, .right, .left])
    for (name, spans) in [(phrases.failed, backfill.failed), (phrases.lookWrong, backfill.suspicious)]
    where spans.missions > 0 {
      table.add([name, numbers.count(spans.missions), Self.text(spans, phrases)])
    }
    return table.lines(indent: 2, width: width)
  }

  /// `2025-04-12..2025-04-15, 2025-04-17`.
  static func text(_ spans: DaySpans, _ phrases: Phrases) -> String {
    let named = spans.spans.map { phrases.numbers.days($0.first, $0.last) }
    let more = spans.moreSpans > 0 ? [phrases.andMore(spans.moreSpans)] : []
    return (named + more).joined(separator: ", ")
  }
}
