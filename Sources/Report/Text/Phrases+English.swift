import MissionCore

extension Phrases {
  public static var english: Phrases {
    let numbers = Humanized(.english)
    return Phrases(
      language: .english,
      status: { $0.rawValue },
      progressDone: { "\($0)/\($1) done" },
      progressFailed: { "\($0) failed" },
      progressCancelled: { "\($0) cancelled" },
      progressParked: { "\($0) wait for a later run" },
      progressLeft: { "\($0) left" },
      progressElapsed: { "for \($0)" },
      progressStopping: "stopping",
      andMore: { "… and \(numbers.count($0)) more" },
      run: "run",
      started: "started",
      finished: "finished",
      exit: "exit",
      running: "running",
      lastSignOfLife: "last sign of life",
      reason: englishReason,
      selected: "selected",
      missions: "missions",
      wholeJournal: "the journal",
      done: "done",
      failed: "failed",
      cancelled: "cancelled",
      left: "left",
      skipped: "skipped",
      recovered: "recovered",
      rejectedRows: "rejected rows",
      duplicates: "duplicates",
      ads: "ads",
      bytes: "bytes",
      time: "time",
      rate: "rate",
      perCheckpoint: "Time per checkpoint",
      perWorker: "Per worker",
      perProxy: "Per proxy",
      failures: "Failures",
      inputErrors: "Input errors",
      next: "Next",
      nothingToDo: "nothing to do",
      backfill: "The backfill",
      example: "e.g.",
      mend: "mend",
      hint: englishHint,
      failedEarlier: { count in
        count == 1
          ? "1 listed mission stays FAILED from an earlier run"
          : "\(numbers.count(count)) listed missions stay FAILED from earlier runs"
      },
      unlisted: { count in
        count == 1
          ? "1 unfinished mission is in none of the files"
          : "\(numbers.count(count)) unfinished missions are in none of the files"
      },
      putsBack: "puts them back for the next run",
      retries: { $0 == 1 ? "1 retry" : "\(numbers.count($0)) retries" },
      thrownAway: { "\($0) of the job time (\($1)) brought nothing" },
      byCode: "by code", byWorker: "by worker", byProxy: "by proxy",
      suspicious: { count in
        count == 1 ? "1 suspicious result" : "\(numbers.count(count)) suspicious results"
      },
      lookWrong: "suspicious",
      suspicion: { suspicion in
        let found = suspicion.kind == .empty ? "empty" : "only \(numbers.count(suspicion.got))"
        let looks = suspicion.looks > 1 ? ", also at the second look" : ""
        return "\(found) where about \(numbers.count(suspicion.expected)) were expected\(looks)"
      },
      listsSuspicious: "shows every mission whose result is suspicious",
      scrapesAgain: {
        $0 == 1 ? "has it scraped once more" : "has these \(numbers.count($0)) scraped once more"
      },
      acceptsSuspicious: "says that a result is right after all",
      nextStep: englishStep,
      nothingLeft: "nothing is left to do",
      whileLive: "shows what its workers do now",
      whenSuperseded: "tells of the newest run and of what is left; runs came after this one")
  }

  @Sendable private static func englishReason(_ end: RunEnd) -> String? {
    switch end {
    case .finished: return nil
    case .stopped: return "stopped"
    case .timeUp: return "stopped by --max-duration"
    case .killed: return "killed"
    case .failed: return "broke off"
    }
  }

  @Sendable private static func englishHint(_ code: ErrorCode) -> String? {
    switch code {
    case .destinationRefused: return "storage_db.connection_string or storage_writer, or the server it names"
    case .destinationDoesNotFit: return "what the message says about the destination's tables or the ad"
    case .storeCredentials:
      return "storage_s3.access_key and storage_s3.secret_key, or the headers of storage_http"
    case .bucketMissing: return "storage_s3.bucket or the folder of the store, or create it"
    case .storePermissionDenied:
      return "the right to put objects under storage_s3.prefix, or into the folder of the store"
    case .objectDiffers: return "look at the object: mission-control rerun ID scrapes again and replaces it"
    case .noProxyAvailable: return "proxies: none is active"
    case .workerUnavailable:
      return "the source's address and login, or its program; mission-control check tries it"
    default: return nil
    }
  }
}
