import Translation
import Verification

/// The words that `verify`, `prune` and `status --watch` lay their answers out with, in one language.
struct KeepingPhrases: Sendable {
  static func of(_ language: Language) -> KeepingPhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  // verify
  let kind: @Sendable (Difference.Kind) -> String
  let part: @Sendable (Difference.Part) -> String
  let progress: @Sendable (_ done: String, _ total: String, _ differences: Int) -> String
  let clean: @Sendable (_ missions: String) -> String
  let differing: @Sendable (_ missions: String, VerifyTally) -> String
  let mends: @Sendable (_ command: String) -> String
  let mended: @Sendable (_ missions: String) -> String
  let putBack: @Sendable (_ missions: String, _ command: String) -> String
  let notMended: @Sendable (_ missions: String) -> String
  let moreExtras: @Sendable (_ count: Int, Difference.Part) -> String
  let pruned: @Sendable (_ missions: String) -> String
  let notCompared: @Sendable (_ missions: String) -> String

  // Before something is changed.
  let repairWill: String
  let loadAgain: @Sendable (_ missions: String) -> String
  let putAgain: @Sendable (_ missions: String) -> String
  let scrapeAgain: @Sendable (_ missions: String) -> String
  let pruneWill: @Sendable (_ amount: String) -> String
  let stillNamed: @Sendable (_ count: Int) -> String
  let goOn: String
  /// In lower case.
  let yes: [String]
  let nothingChanged: String

  // prune
  let amount: @Sendable (_ missions: String, _ events: Int) -> String
  let removed: @Sendable (_ amount: String) -> String

  // status --watch
  let liveSince: @Sendable (_ run: String, _ moment: String) -> String
  let lastFailures: String
  let quits: String
}
