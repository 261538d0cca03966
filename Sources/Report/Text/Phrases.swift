import MissionCore
import Translation

/// All texts of progress and summary in one language; each language's table is a file of its own.
public struct Phrases: Sendable {
  public let language: Language

  /// The words of progress and summary in `language`.
  public static func of(_ language: Language) -> Phrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  /// Numbers, durations and days as the language writes them.
  public var numbers: Humanized { Humanized(language) }

  /// A message, as far as the language has it.
  public func translated(_ message: Message) -> String { Translator.to(language).translate(message) }

  /// `DONE`, `Concluída`.
  public let status: @Sendable (MissionStatus) -> String

  // Progress.
  public let progressDone: @Sendable (_ done: String, _ total: String) -> String
  public let progressFailed: @Sendable (String) -> String
  public let progressCancelled: @Sendable (String) -> String
  /// Left for a later run.
  public let progressParked: @Sendable (String) -> String
  public let progressLeft: @Sendable (String) -> String
  public let progressElapsed: @Sendable (String) -> String
  public let progressStopping: String
  public let andMore: @Sendable (Int) -> String

  // The summary's headings and words.
  public let run: String
  public let started: String
  public let finished: String
  public let exit: String
  public let running: String
  public let lastSignOfLife: String
  /// Why a run ended; nil when it came to its end by itself.
  public let reason: @Sendable (RunEnd) -> String?
  public let selected: String
  /// How many there are.
  public let missions: String
  /// The heading of a report that is about no single run.
  public let wholeJournal: String
  public let done: String
  public let failed: String
  public let cancelled: String
  public let left: String
  public let skipped: String
  public let recovered: String
  public let rejectedRows: String
  public let duplicates: String
  public let ads: String
  public let bytes: String
  public let time: String
  public let rate: String
  public let perCheckpoint: String
  public let perWorker: String
  public let perProxy: String
  public let failures: String
  public let inputErrors: String
  public let next: String

  // Its sentences.
  public let nothingToDo: String
  /// A heading: how the journal stands, whichever run did what.
  public let backfill: String
  public let example: String
  public let mend: String
  /// What a person has to mend before a code goes away; nil when trying again may be enough.
  public let hint: @Sendable (ErrorCode) -> String?
  /// Listed missions that stay FAILED.
  public let failedEarlier: @Sendable (Int) -> String
  public let unlisted: @Sendable (Int) -> String
  /// Behind `retry --code`.
  public let putsBack: String
  /// A heading.
  public let retries: @Sendable (Int) -> String
  public let thrownAway: @Sendable (_ share: String, _ time: String) -> String
  public let byCode: String
  public let byWorker: String
  public let byProxy: String
  /// A heading.
  public let suspicious: @Sendable (Int) -> String
  /// Before how many they are and their days.
  public let lookWrong: String
  /// What is wrong with a result.
  public let suspicion: @Sendable (Suspicion) -> String
  public let listsSuspicious: String
  public let scrapesAgain: @Sendable (Int) -> String
  public let acceptsSuspicious: String
  public let nextStep: @Sendable (NextStep) -> String
  public let nothingLeft: String
  public let whileLive: String
  public let whenSuperseded: String
}
