import MissionCore

// How a run ends.
extension Scheduler {
  func stop(_ reason: StopReason) {
    guard !isFinishing else { return }
    if !isStopping || reason != .drain { outcome.stop = reason }
    isStopping = true
    dropWaiting()
    guard reason != .drain else { return }
    effects.append(.setTimer(.graceOver, at: now + policy.stopGrace))
    for entry in missions.values.sorted(by: { $0.state.id < $1.state.id }) { drive(entry, .stopRequested) }
  }

  /// What has not begun stays QUEUED in the journal.
  private func dropWaiting() {
    for (id, entry) in missions where !entry.isInSlot && !entry.isConcluding { missions[id] = nil }
    for route in routes.indices { routes[route].queue = CandidateQueue() }
    holds = [:]
  }

  /// Nothing can be journaled any more, so nothing may begin.
  func breakOff(_ failure: RunFailure) {
    if outcome.failure == nil { outcome.failure = failure }
    effects.append(.log(.error, failure.message))
    finish()
  }

  /// Stops starting a checkpoint that would fail for every mission alike; what is spooled stays.
  func openBreaker(_ failure: Failure) {
    if !outcome.breakers.contains(where: { $0.code == failure.code }) {
      outcome.breakers.append(failure)
      effects.append(.log(.error, "\(failure.code.rawValue) would hit every mission: \(failure.message)"))
    }
    switch failure.code.checkpoint {
    case .db: mayLoad = false
    case .s3: mayUpload = false
    default: break
    }
  }

  func finishIfDone() {
    if isFinishing {
      if !isEndingLanes { finish() }
      return
    }
    guard inFlight == 0, concluding == 0, !hasFinished else { return }
    if !isStopping {
      guard routes.allSatisfy({ !$0.isClaiming && $0.isQueueExhausted && $0.queue.isEmpty }),
        // Held missions cannot start without a lane, whatever they wait for.
        missions.values.allSatisfy(isClosed)
      else { return }
    }
    leaveLanes()
  }

  private var isEndingLanes: Bool { lanes.indices.contains { standing(of: $0).isEnding } }

  /// A run whose work is done leaves no session behind; a stopped one keeps them for its resume.
  private func leaveLanes() {
    isFinishing = true
    var isComplete = false
    if !isStopping, outcome.failure == nil {
      for lane in Set(routes.filter { !$0.isClosed }.flatMap(\.lanes)).sorted() {
        drive(lane: lane, .runFinished)
        isComplete = true
      }
    }
    if isComplete, isEndingLanes {
      effects.append(.setTimer(.graceOver, at: now + .seconds(2)))
    } else {
      finish()
    }
  }

  /// What was set aside is as good as everything when nothing else had work.
  private func noteWorkless() {
    let busy = routes.filter(\.hadWork)
    if !outcome.lanesSetAside.isEmpty, !busy.isEmpty, busy.allSatisfy(\.isClosed) { outcome.hasNoLane = true }
  }

  func finish() {
    guard !hasFinished else { return }
    hasFinished = true
    noteWorkless()
    effects.append(.finish(outcome))
  }
}
