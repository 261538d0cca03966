import MissionCore

// What a machine answered, as words that a test can compare and a person can read.
extension MissionAction {
  var words: String {
    switch self {
    case .write(let change, let events): return "write \(change.words)\(Self.list(events))"
    case .commit(let change, let events): return "commit \(change.words)\(Self.list(events))"
    case .requestJob(let worker): return "POST /scrape to \(worker)"
    case .verifyStart(let worker): return "ask the session of \(worker)"
    case .lookAtJob(let worker, let jobID): return "look at \(jobID) on \(worker)"
    case .cancelJob(let worker, let jobID): return "cancel \(jobID) on \(worker)"
    case .setTimer: return "wait"
    case .verifySpool: return "verify the spool"
    case .load: return "load"
    case .upload: return "upload"
    case .removeSpool: return "remove the spool"
    case .bytesLost: return "tell of lost bytes"
    case .sessionServed(let worker): return "count on \(worker)"
    case .releaseWorker(let worker, let verdict): return "release \(worker) \(verdict)"
    case .setWorkerAside(let worker, let failure): return "set \(worker) aside \(failure.code.rawValue)"
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
    case .requeued(_, let worker):
      return worker.map { "until the session of \($0) has ended" } ?? "to the queue"
    case .parked: return "for a later run"
    }
  }
}

extension MissionChange {
  var words: String {
    switch self {
    case .none: return "events"
    case .started(let worker): return "started\(worker.map { " on \($0)" } ?? "")"
    case .scrapeStarting(let worker, let proxy): return "starting on \(worker) through \(proxy ?? "none")"
    case .scrapeStarted(let jobID): return "job \(jobID)"
    case .jobForgotten: return "no job"
    case .scrapeCompleted(let ads, _, _, _): return "scraped \(ads)"
    case .dbCompleted: return "loaded"
    case .s3Completed: return "DONE"
    case .scrapeDiscarded: return "not scraped"
    case .requeued(let crashes, let deferred):
      return "queued\(crashes > 0 ? " after \(crashes) crashes" : "")\(deferred ? " last" : "")"
    case .retryQueued(let code, _): return "retry \(code.rawValue)"
    case .failed(let code, let cause, _):
      return "FAILED \(code.rawValue)\(cause.map { " for \($0.rawValue)" } ?? "")"
    case .cancelled: return "CANCELLED"
    }
  }
}

extension SessionMachine.Action {
  var words: String {
    switch self {
    case .open: return "open"
    case .look: return "look"
    case .setTimer: return "wait"
    case .end: return "end"
    case .grant(let mission, let grant): return "grant \(mission.low)\(grant.isReused ? " again" : "")"
    case .fail(let missions, let failure):
      return "fail \(missions.map { "\($0.low)" }.joined(separator: ",")) \(failure.code.rawValue)"
    case .lose(let missions, _): return "lose \(missions.map { "\($0.low)" }.joined(separator: ","))"
    case .countProxyFailure(let server): return "blame \(server)"
    case .journal(let write): return "journal \(write.words)"
    case .sessionIsGone: return "gone"
    case .unknownStatus(let status): return "tell of \(status)"
    }
  }
}

extension JournalWrite {
  var words: String {
    switch self {
    case .mission(let transition): return "mission \(transition.change.words)"
    case .sessionOpened(_, let sessionID, let proxy, _):
      return "opened \(sessionID) through \(proxy ?? "none")"
    case .sessionServed(_, let served): return "served \(served)"
    case .sessionTainted: return "tainted"
    case .sessionEnded: return "ended"
    case .proxyUsed(let server, _): return "used \(server)"
    case .proxyFailed(let server, _): return "failed \(server)"
    }
  }
}
