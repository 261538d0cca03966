import MissionCore
import Translation

/// What a notification says: a line, and some lines for a chat.
public struct NoticeText: Hashable, Sendable {
  public let subject: String
  /// The subject first; no newline at its end.
  public let text: String

  private init(_ subject: String, _ lines: [String] = []) {
    self.subject = subject
    text = ([subject] + lines).joined(separator: "\n")
  }

  /// A run began.
  public static func start(runID: String, selected: Int, host: String, language: Language) -> NoticeText {
    let missions = Humanized(language).count(selected)
    return NoticeText(head(host) + NoticePhrases.of(language).started(missions), [runID])
  }

  /// A run came to its end.
  public static func end(
    _ summary: RunSummary, exitCode: Int, host: String, language: Language
  ) -> NoticeText {
    let phrases = NoticePhrases.of(language)
    let words = Phrases.of(language)
    let numbers = words.numbers
    let counts = summary.run.counts
    let facts = phrases.facts(
      numbers.count(counts.ads), numbers.bytes(summary.bytes),
      numbers.duration(seconds: summary.wallSeconds), exitCode)
    let told = SummaryText(summary, phrases: words)
    let failures = summary.failures.map { String(told.failureHead($0).dropFirst(2)) }
    let isOver =
      counts.left == 0 && counts.failed == 0 && counts.failedEarlier == 0 && summary.inputs.count == 0
      && summary.next.isEmpty
    let suspicious = told.suspicious
    let next = isOver ? [] : told.next
    return NoticeText(
      head(host) + outcome(summary, phrases, numbers),
      ["\(summary.run.id): \(facts)"] + failures + told.backfill + suspicious + next)
  }

  /// A run broke off, or could not begin.
  public static func failure(exitCode: Int, message: String, host: String, language: Language)
    -> NoticeText
  {
    NoticeText(
      head(host) + NoticePhrases.of(language).brokeOff(exitCode), [UntrustedText.clean(message, limit: 1000)])
  }

  /// Nothing happened; somebody wants to see whether this arrives.
  public static func test(host: String, language: Language) -> NoticeText {
    NoticeText(head(host) + NoticePhrases.of(language).test)
  }

  private static func head(_ host: String) -> String {
    "mission-control @ \(UntrustedText.clean(host, limit: 64)): "
  }

  private static func outcome(_ summary: RunSummary, _ phrases: NoticePhrases, _ numbers: Humanized) -> String
  {
    let counts = summary.run.counts
    let stay = counts.failedEarlier > 0 ? [phrases.failedEarlier(numbers.count(counts.failedEarlier))] : []
    guard counts.selected > 0 || counts.rejectedRows > 0 || summary.inputs.count > 0 else {
      return ([phrases.nothingToDo] + (counts.skipped == 0 ? [phrases.nothingListed] : []) + stay).joined(
        separator: ", ")
    }
    let isWhole = counts.done == counts.selected
    let done = numbers.count(counts.done)
    var parts = [isWhole ? phrases.done(done) : phrases.doneOf(done, numbers.count(counts.selected))]
    if counts.failed > 0 { parts.append(phrases.failed(numbers.count(counts.failed))) }
    if counts.cancelled > 0 { parts.append(phrases.cancelled(numbers.count(counts.cancelled))) }
    if counts.left > 0 { parts.append(phrases.left(numbers.count(counts.left))) }
    if summary.suspicious.count > 0 {
      parts.append(phrases.suspicious(numbers.count(summary.suspicious.count)))
    }
    if counts.rejectedRows > 0 { parts.append(phrases.rejectedRows(numbers.count(counts.rejectedRows))) }
    return (parts + stay).joined(separator: ", ")
  }
}
