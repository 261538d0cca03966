import MissionCore

// What a machine answered, as words that a test can compare and a person can read.
extension MissionAction {
  var words: String {
    switch self {
    case .write(let change, let events): return "write \(change.words)\(Self.list(events))"
    case .note(let change, let events): return "note \(change.words)\(Self.list(events))"
    case .commit(let change, let events): return "commit \(change.words)\(Self.list(events))"
    case .countStart: return "count the start"
    case .expired: return "tell that it is over"
    case .start(let lane): return "start on \(lane)"
    case .find(let lane): return "ask \(lane) for the start"
    case .look(let lane, let jobID): return "look at \(jobID) on \(lane)"
    case .cancel(let lane, let jobID): return "cancel \(jobID) on \(lane)"
    case .setTimer: return "wait"
    case .judge(let records): return "judge \(records)"
    case .verifySpool: return "verify the spool"
    case .verifyLedger: return "ask the ledger"
    case .load: return "load"
    case .loadObject: return "load the object"
    case .upload: return "upload"
    case .removeSpool: return "remove the spool"
    case .bytesLost: return "tell of lost bytes"
    case .laneUsed(let lane): return "count on \(lane)"
    case .releaseLane(let lane, let verdict): return "release \(lane) \(verdict.words)"
    case .setLaneAside(let lane, let failure): return "set \(lane) aside \(failure.code.rawValue)"
    case .openBreaker(let failure): return "open the breaker \(failure.code.rawValue)"
    case .stopRun: return "stop the run"
    case .unknownStatus(_, let status): return "tell of \(status)"
    case .freeSlot: return "free the slot"
    case .leave(let departure): return "leave \(departure.words)"
    }
  }

  private static func list(_ events: [JournalEvent]) -> String {
    events.isEmpty ? "" : " [" + events.map(\.kind.rawValue).joined(separator: " ") + "]"
  }
}

extension Departure {
  var words: String {
    switch self {
    case .finished(let status): return status.rawValue
    case .requeued(_, let lane):
      return lane.map { "until \($0) is cleared" } ?? "to the queue"
    case .parked: return "for a later run"
    }
  }
}

extension MissionChange {
  var words: String {
    switch self {
    case .none: return "events"
    case .sessionAwaited(let proxy): return "awaits a session through \(proxy ?? "none")"
    case .started(let worker): return "started\(worker.map { " on \($0)" } ?? "")"
    case .scrapeStarting(let worker, let proxy, _): return "starting on \(worker) through \(proxy ?? "none")"
    case .scrapeStarted(let jobID, _, _): return "job \(jobID)"
    case .jobForgotten: return "no job"
    case .scrapeCompleted(let ads, _, _, _, _, _): return "scraped \(ads)"
    case .suspected(let suspicion): return "suspicious after \(suspicion.looks)"
    case .firstLookKept(let first): return first.map { "first look \($0.result.adsCount)" } ?? "no first look"
    case .resultHeld(let result, _, _): return "held \(result.adsCount)"
    case .rowsReplaced(let sha256): return "rows of \(sha256) replaced"
    case .dbCompleted: return "loaded"
    case .s3Completed: return "DONE"
    case .scrapeDiscarded: return "not scraped"
    case .loadDiscarded: return "not loaded"
    case .requeued(let crashes, let deferred):
      return "queued\(crashes > 0 ? " after \(crashes) crashes" : "")\(deferred ? " last" : "")"
    case .retryQueued(let code, _): return "retry \(code.rawValue)"
    case .failed(let code, let cause, _):
      return "FAILED \(code.rawValue)\(cause.map { " for \($0.rawValue)" } ?? "")"
    case .cancelled: return "CANCELLED"
    case .recovered: return "recovered"
    case .replacementFound: return "to be replaced"
    }
  }
}

extension LaneVerdict {
  var words: String {
    guard case .failed(let failure) = self else { return "\(self)" }
    return failure.mayHaveUnknownJob ? "failedWithUnknownJob" : "failed"
  }
}
