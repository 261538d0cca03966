import Coverage
import MissionCore
import Translation

/// The words of `coverage` and its page, in one language.
package struct CoveragePhrases: Sendable {
  /// The words in `language`.
  package static func of(_ language: Language) -> CoveragePhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  package let language: Language
  /// Numbers and days as the language writes them.
  package var numbers: Humanized { Humanized(language) }

  /// A day that is so.
  package let state: @Sendable (DayState) -> String
  /// `1 done`, `340 done`.
  package let counted: @Sendable (Int, DayState) -> String
  /// `1 day`, `365 days`.
  package let days: @Sendable (Int) -> String
  /// `1 slice`, `3 slices`.
  package let slices: @Sendable (Int) -> String
  /// `350 of 365 days there`.
  package let thereOf: @Sendable (_ there: Int, _ days: Int) -> String
  package let isWhole: String
  package let nothingWanted: String
  /// Lines that are left out.
  package let moreRanges: @Sendable (Int) -> String
  package let moreWholeSlices: @Sendable (Int) -> String
  package let written: @Sendable (_ missions: String, _ path: String) -> String
  /// Missions that no file can name.
  package let notWritten: @Sendable (_ missions: String) -> String

  // What the offered commands do.
  package let writes: @Sendable (_ missions: String) -> String
  package let mends: @Sendable (_ missions: String) -> String
  package let runs: @Sendable (_ missions: String) -> String
  package let scrapesAgain: @Sendable (_ days: String) -> String

  // The page.
  package let title: String
  package let skipToContent: String
  package let totals: String
  package let wanted: String
  package let next: String
  package let notThere: String
  package let moreSlices: @Sendable (Int) -> String
  package let stateHead: String
  package let fromHead: String
  package let toHead: String
  package let daysHead: String
  package let writtenAt: @Sendable (_ moment: String, _ version: String) -> String
  package let footer: String
  /// Of the months in a year's strip, from January on.
  package let months: [String]
}
