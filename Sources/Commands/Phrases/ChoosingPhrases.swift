import MissionCore
import Translation

/// The words that `runs`, `why`, `rerun` and the windows of `plan` lay their answers out with, in one language.
struct ChoosingPhrases: Sendable {
  static func of(_ language: Language) -> ChoosingPhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  /// Instead of RUNNING.
  let phase: @Sendable (MissionPhase) -> String

  // runs
  /// As many as the table has columns.
  let runHeads: [String]
  let noRuns: String
  /// Of a run that came to its end by itself.
  let finished: String
  /// The head of a further column: what a run made of schedules' slots.
  let madeHead: String
  /// More than one.
  let slots: @Sendable (_ count: String) -> String

  // why
  let notImported: String
  let chosen: String
  let notChosen: String
  let rule: @Sendable (ChoiceRule) -> String
  let goesOn: @Sendable (Checkpoint, _ reason: String) -> String
  /// Why it goes on there.
  let reason: @Sendable (MissionRecord, ChoiceRule) -> String
  let stands: @Sendable (_ place: String) -> String
  let stood: @Sendable (_ place: String) -> String
  let noOrigin: String
  let failedBefore: String
  let type: @Sendable (ChoiceRule, _ command: String) -> String

  // rerun
  let rerunWill: @Sendable (_ missions: String) -> String

  // plan
  let windows: String
  let dueSlots: String
  let nextSlots: String
  let nothingDue: String
  let paused: String
  let refreshed: String
  let startsAt: @Sendable (_ source: String) -> String
  let expectedTime: String
  /// Of the missions that would run.
  let recovered: String
}
