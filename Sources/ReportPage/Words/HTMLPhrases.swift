import MissionCore
import Report
import Translation

/// Every text of the page, in one language. Each language's tables are functions whose switches the compiler checks
/// for completeness.
package struct HTMLPhrases: Sendable {
  let language: Language
  /// The texts of the markup.
  let page: @Sendable (PagePhrase) -> String
  /// The texts that the script shows.
  let script: @Sendable (ScriptPhrase) -> String

  /// The page's words in `language`.
  package static func of(_ language: Language) -> HTMLPhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  /// The words that the summary has too.
  private var summary: Phrases { .of(language) }
  private var numbers: Humanized { Humanized(language) }

  /// `page` with its places filled.
  func callAsFunction(_ phrase: PagePhrase, _ values: KeyValuePairs<String, String> = [:]) -> String {
    values.reduce(page(phrase)) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  func translated(_ message: Message) -> String { summary.translated(message) }

  /// What a code means.
  func meaning(_ code: ErrorCode) -> String { translated(code.meaning) }

  /// What a person has to mend before a code goes away; nil when trying again may be enough.
  func hint(_ code: ErrorCode) -> String? { summary.hint(code) }

  /// What a suggested command does, as a sentence.
  func sentence(_ step: NextStep) -> String {
    sentence(summary.nextStep(step))
  }

  /// What a command does, as a sentence.
  func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  func retries(_ count: Int) -> String { summary.retries(count) }

  /// What the failed attempts cost.
  func thrownAway(_ retries: Retries) -> String {
    let share = numbers.percent(Int(retries.lostSeconds * 1000), of: Int(retries.jobSeconds * 1000))
    return summary.thrownAway(share, duration(seconds: retries.lostSeconds))
  }

  /// By code, worker and proxy, those that there are.
  func retryCounts(_ retries: Retries) -> [(title: String, counts: [Retries.Count])] {
    [
      (summary.byCode, retries.codes), (summary.byWorker, retries.workers),
      (summary.byProxy, retries.proxies),
    ].filter { !$0.1.isEmpty }
  }

  var wholeJournal: String { summary.wholeJournal }

  func suspicious(_ count: Int) -> String { summary.suspicious(count) }
  func suspicion(_ suspicion: Suspicion) -> String { summary.suspicion(suspicion) }

  /// The commands for suspicious results, and what each does.
  func suspiciousSteps(_ run: RunSummary) -> [(command: String, effect: String)] {
    SummaryText(run, phrases: summary).suspiciousSteps
  }

  /// Listed missions that stay FAILED from earlier runs.
  func failedEarlier(_ count: Int) -> String { summary.failedEarlier(count) }

  func unlisted(_ count: Int) -> String { summary.unlisted(count) }

  func status(_ status: MissionStatus) -> String { summary.status(status) }

  // MARK: - Numbers and days, as the language writes them

  func count(_ value: some BinaryInteger) -> String { numbers.count(Int64(value)) }
  func bytes(_ value: Int64) -> String { numbers.bytes(value) }
  func duration(seconds: Double) -> String { numbers.duration(seconds: seconds) }
  func percent(_ part: Int, of whole: Int) -> String { numbers.percent(part, of: whole) }
  /// `2025-04-12..2025-04-15, 2025-04-17`.
  func spans(_ spans: DaySpans) -> String {
    spans.spans.map { numbers.days($0.first, $0.last) }.joined(separator: ", ")
  }
  func rate(perSecond: Double) -> String { numbers.rate(perSecond: perSecond) }
  func day(_ day: CalendarDay) -> String { numbers.day(day) }

  func days(_ parameters: MissionParameters) -> String {
    let isOne = parameters.dateStart == parameters.dateEnd
    return day(parameters.dateStart) + (isOne ? "" : " – " + day(parameters.dateEnd))
  }

  /// To the second, in UTC.
  func moment(_ moment: Timestamp) -> String {
    "\(day(moment.day)) \(moment.description.dropFirst(11).prefix(8)) UTC"
  }
}
