import MissionCore
import Report

extension AnswerPhrases {
  static var english: AnswerPhrases {
    let numbers = Humanized(.english)
    let missions = { @Sendable (count: Int) in count == 1 ? "1 mission" : "\(numbers.count(count)) missions" }
    return AnswerPhrases(
      missions: missions,
      stage: englishStage,
      countOf: { $0.rawValue.lowercased() },
      total: "total",
      today: { "today: \($0) done, \($1) failed" },
      workers: "Workers",
      idle: "idle",
      atOnce: { "\($0.limit) of \($0.capacity) at once: \($0.reason.words)" },
      sessions: "Sessions",
      served: { "\(missions($0)) served" },
      proxies: "Proxies",
      proxyInactive: "not active",
      proxyUnused: "not used yet",
      proxyFailed: { "\($0) recent \($0 == 1 ? "failure" : "failures"), others have fewer" },
      noLiveRun: "no run is live",
      liveRun: { "run \($0) is live" },
      since: { " since \($0): " },
      interrupted: "interrupted",
      lastRun: { "last run \($0), ended \($1)" },
      tellsOfIt: "tells what it did",
      endedOf: { "\($0) of \($1)" },
      listHeads: ["ID", "DAYS", "TYPE", "LANGUAGES", "STATUS", "AT", "ADS", "CODE", "WORKER", "FINISHED"],
      noMissions: "no missions",
      noMissionsHere: { "no missions here: there are \(numbers.count($0))" },
      page: { "\($0) to \($1) of \(missions($2))" },
      nextPage: { "; --offset \($0) shows more" },
      mission: { "mission \($0)" },
      field: englishField,
      events: "Events",
      keptFiles: "Kept files",
      programError: "Standard error of the program",
      attempt: { "attempt \($0)" },
      attemptOf: { "attempt \($0) of \($1)" },
      planRow: englishPlanRow,
      starts: { "\($0) starts it" },
      range: { "\($0) to \($1)" },
      gaps: "Gaps: days that no mission covers",
      putBack: { "\(missions($0)) back to PENDING" },
      takesThemUp: { "; \($0) takes them up" },
      cancelled: { "\(missions($0)) cancelled" },
      accepted: { "\(missions($0)) accepted" })
  }

  @Sendable private static func englishStage(_ stage: StageWord) -> String {
    switch stage {
    case .waiting: return "waiting"
    case .openingSession: return "opening a session"
    case .starting: return "starting"
    case .scraping: return "scraping"
    case .cancelling: return "cancelling"
    case .spooling: return "spooling"
    case .loading: return "loading"
    case .uploading: return "uploading"
    }
  }

  @Sendable private static func englishField(_ field: MissionField) -> String {
    switch field {
    case .source: return "source"
    case .days: return "days"
    case .mediaType: return "media type"
    case .parameters: return "parameters"
    case .languages: return "languages"
    case .priority: return "priority"
    case .ads: return "ads"
    case .error: return "error"
    case .cause: return "cause"
    case .message: return "message"
    case .worker: return "worker"
    case .job: return "job"
    case .proxy: return "proxy"
    case .retries: return "retries"
    case .created: return "created"
    case .queued: return "queued"
    case .started: return "started"
    case .finished: return "finished"
    case .took: return "took"
    case .size: return "size"
    case .sha256: return "sha256"
    case .object: return "object"
    case .objectSize: return "object size"
    case .etag: return "etag"
    case .objectSHA256: return "object sha256"
    case .run: return "run"
    }
  }

  @Sendable private static func englishPlanRow(_ row: PlanRow) -> String {
    switch row {
    case .selected: return "selected"
    case .resumedAtScrape: return "resumed at SCRAPE"
    case .resumedAtDB: return "resumed at DB"
    case .resumedAtS3: return "resumed at S3"
    case .skippedDone: return "skipped, done"
    case .skippedFailed: return "skipped, failed"
    case .skippedCancelled: return "skipped, cancelled"
    case .skippedNotSelected: return "skipped, not selected"
    case .rejectedRows: return "rejected rows"
    case .duplicates: return "duplicates"
    case .sessions: return "sessions expected"
    }
  }
}
