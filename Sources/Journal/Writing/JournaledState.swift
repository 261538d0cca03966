import MissionCore

/// The part of a mission's row that decides what may happen to it and how it is counted.
struct JournaledState {
  let number: Int64
  var status: MissionStatus
  var checkpoint: Checkpoint
  var retryCount: Int
  var hasUnansweredStart: Bool
  var run: Int64?
  var finishedAt: Timestamp?
  var adsCount: Int64
  /// Its row names a run before `run`.
  var isOfEarlierRun = false
  /// The place of its newest event; nil when nobody has looked yet.
  var lastEvent: Int64?
}

extension JournaledState {
  /// Whether `change` is a legal step from here (SPEC 2, 6).
  func allows(_ change: MissionChange) -> Bool {
    let isRunning = status == .running
    let isChosen = isRunning || status == .queued
    switch change {
    case .none: return true
    case .started: return status == .queued
    case .sessionAwaited, .scrapeStarting, .scrapeCompleted, .suspected, .firstLookKept, .resultHeld:
      return isRunning && checkpoint == .scrape
    case .scrapeStarted: return isRunning && checkpoint == .scrape && hasUnansweredStart
    case .jobForgotten: return !status.isFinished && checkpoint == .scrape
    case .rowsReplaced: return isChosen && checkpoint < .s3
    case .dbCompleted: return isRunning && checkpoint == .db
    case .s3Completed: return isRunning && checkpoint == .s3
    case .scrapeDiscarded: return isChosen && checkpoint != .scrape
    case .loadDiscarded: return isRunning && checkpoint == .s3
    case .requeued: return isChosen
    case .retryQueued: return isRunning
    case .failed: return isChosen
    case .recovered: return isChosen
    case .replacementFound: return isChosen && checkpoint == .scrape
    case .cancelled: return !status.isFinished
    }
  }

  /// The state after a change that `allows` it.
  func after(_ change: MissionChange, at: Timestamp) -> JournaledState {
    var next = self
    switch change {
    case .none, .sessionAwaited, .replacementFound, .suspected, .rowsReplaced: break
    case .firstLookKept: next.hasUnansweredStart = false
    case .resultHeld(let result, _, _):
      next.hasUnansweredStart = false
      next.adsCount = Int64(result.adsCount)
    case .recovered(let mission):
      next.status = .done
      next.checkpoint = .s3
      next.hasUnansweredStart = false
      next.finishedAt = mission.doneAt ?? at
      next.adsCount = Int64(mission.adsCount)
    case .started: next.status = .running
    case .scrapeStarting: next.hasUnansweredStart = true
    case .scrapeStarted, .jobForgotten: next.hasUnansweredStart = false
    case .scrapeCompleted(let adsCount, _, _, _, _, _):
      next.checkpoint = .db
      next.hasUnansweredStart = false
      next.adsCount = Int64(adsCount)
    case .dbCompleted: next.checkpoint = .s3
    case .s3Completed:
      next.status = .done
      next.finishedAt = at
    case .scrapeDiscarded:
      next.checkpoint = .scrape
      next.adsCount = 0
    case .loadDiscarded: next.checkpoint = .db
    case .requeued: next.status = .queued
    case .retryQueued:
      next.status = .queued
      next.retryCount += 1
    case .failed:
      next.status = .failed
      next.finishedAt = at
    case .cancelled:
      next.status = .cancelled
      next.finishedAt = at
    }
    return next
  }
}
