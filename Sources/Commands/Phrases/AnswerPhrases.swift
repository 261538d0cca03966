import MissionCore
import Translation

/// The words that commands lay their answers out with, in one language; each language's table is a file of its own.
///
/// What commands say in whole sentences, errors and remarks, is said in English where it arises and translated where
/// it is shown: see `Translator`.
struct AnswerPhrases: Sendable {
  static func of(_ language: Language) -> AnswerPhrases {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  /// `1 mission`, `1,234 missions`.
  let missions: @Sendable (Int) -> String

  // The live run.
  let stage: @Sendable (StageWord) -> String

  // status
  /// Before a count: `done`, `concluídas`.
  let countOf: @Sendable (MissionStatus) -> String
  let total: String
  let today: @Sendable (_ done: String, _ failed: String) -> String
  let workers: String
  let idle: String
  /// Of a worker that gets fewer jobs at once than it could have: how many, and why.
  let atOnce: @Sendable (LaneLimit) -> String
  /// A heading.
  let sessions: String
  /// How many missions a session has served.
  let served: @Sendable (Int) -> String
  let proxies: String
  let proxyInactive: String
  let proxyUnused: String
  /// Why it rests: that many failures of late, and others have fewer.
  let proxyFailed: @Sendable (Int) -> String
  let noLiveRun: String
  let liveRun: @Sendable (_ id: String) -> String
  let since: @Sendable (_ moment: String) -> String
  /// Of missions that say RUNNING while no run is live.
  let interrupted: String
  let lastRun: @Sendable (_ id: String, _ moment: String) -> String
  let tellsOfIt: String
  let endedOf: @Sendable (_ ended: String, _ selected: String) -> String

  // list
  /// As many as the table has columns.
  let listHeads: [String]
  let noMissions: String
  let noMissionsHere: @Sendable (_ total: Int) -> String
  let page: @Sendable (_ first: String, _ last: String, _ total: Int) -> String
  let nextPage: @Sendable (_ offset: Int) -> String

  // show
  let mission: @Sendable (_ id: String) -> String
  let field: @Sendable (MissionField) -> String
  let events: String
  /// Above the files that are kept beside the audit object.
  let keptFiles: String
  /// Above what the mission's latest program wrote to its standard error.
  let programError: String
  let attempt: @Sendable (Int) -> String
  /// The second of three.
  let attemptOf: @Sendable (_ attempt: Int, _ most: Int) -> String

  // plan
  let planRow: @Sendable (PlanRow) -> String
  let starts: @Sendable (_ command: String) -> String
  let range: @Sendable (_ from: String, _ to: String) -> String
  let gaps: String

  // retry, cancel
  let putBack: @Sendable (Int) -> String
  /// Behind `putBack`.
  let takesThemUp: @Sendable (_ command: String) -> String
  let cancelled: @Sendable (Int) -> String
  let accepted: @Sendable (Int) -> String
}

/// What a mission in a slot is at, in the words of the progress area.
enum StageWord: CaseIterable, Sendable {
  case waiting, openingSession, starting, scraping, cancelling, spooling, loading, uploading
}

/// The fields that `show` names.
enum MissionField: CaseIterable, Sendable {
  case source, days, mediaType, languages, parameters, priority, ads, error, cause, message, worker, job,
    proxy, retries
  case created, queued, started, finished, took, size, sha256, object, objectSize, etag, objectSHA256, run
}

/// The counts that `plan` tells.
enum PlanRow: CaseIterable, Sendable {
  case selected, resumedAtScrape, resumedAtDB, resumedAtS3
  case skippedDone, skippedFailed, skippedCancelled, skippedNotSelected
  case rejectedRows, duplicates, sessions
}
