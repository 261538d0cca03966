import MissionCore
import Translation

/// All texts of progress and summary in one language; each language's table is a file of its own.
package struct Phrases: Sendable {
  package let language: Language

  /// The words of progress and summary in `language`.
  package static func of(_ language: Language) -> Phrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  /// Numbers, durations and days as the language writes them.
  package var numbers: Humanized { Humanized(language) }

  /// A sentence that another layer says in English, as far as the language has it.
  package func translated(_ english: String) -> String { Translator.to(language).translate(english) }

  /// `DONE`, `Concluída`.
  package let status: @Sendable (MissionStatus) -> String

  // Progress.
  package let progressDone: @Sendable (_ done: String, _ total: String) -> String
  package let progressFailed: @Sendable (String) -> String
  package let progressCancelled: @Sendable (String) -> String
  package let progressLeft: @Sendable (String) -> String
  package let progressElapsed: @Sendable (String) -> String
  package let progressStopping: String
  package let andMore: @Sendable (Int) -> String

  // The summary's headings and words.
  package let run: String
  package let started: String
  package let finished: String
  package let exit: String
  package let running: String
  package let lastSignOfLife: String
  /// Why a run ended; nil when it came to its end by itself.
  package let reason: @Sendable (RunEnd) -> String?
  package let selected: String
  /// How many there are.
  package let missions: String
  /// The heading of a report that is about no single run.
  package let wholeJournal: String
  package let done: String
  package let failed: String
  package let cancelled: String
  package let left: String
  package let skipped: String
  package let recovered: String
  package let rejectedRows: String
  package let duplicates: String
  package let ads: String
  package let bytes: String
  package let time: String
  package let rate: String
  package let perCheckpoint: String
  package let perWorker: String
  package let perProxy: String
  package let failures: String
  package let inputErrors: String
  package let next: String

  // Its sentences.
  package let nothingToDo: String
  package let example: String
  package let mend: String
  /// What a person has to mend before a code goes away; nil when trying again may be enough.
  package let hint: @Sendable (ErrorCode) -> String?
  /// Listed missions that stay FAILED.
  package let failedEarlier: @Sendable (Int) -> String
  package let unlisted: @Sendable (Int) -> String
  /// Behind `retry --code`.
  package let putsBack: String
  /// A heading.
  package let retries: @Sendable (Int) -> String
  package let thrownAway: @Sendable (_ share: String, _ time: String) -> String
  package let byCode: String
  package let byWorker: String
  package let byProxy: String
  /// A heading.
  package let suspicious: @Sendable (Int) -> String
  /// What is wrong with a result.
  package let suspicion: @Sendable (Suspicion) -> String
  package let listsSuspicious: String
  package let scrapesAgain: @Sendable (Int) -> String
  package let acceptsSuspicious: String
  package let nextStep: @Sendable (NextStep) -> String
  package let nothingLeft: String
  package let whileLive: String
  package let whenSuperseded: String
}
