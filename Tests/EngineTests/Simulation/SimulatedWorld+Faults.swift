import Engine
import MissionCore

/// How much of what can go wrong has gone wrong, so that a quiet simulation is noticed.
struct SimulationCounts {
  var crashes = 0
  var cancels = 0
  var refusals = 0
  var breakers = 0
  var lostSpools = 0
  /// Times that the spool could not tell what became of its bytes.
  var untoldSpools = 0
  var retriesByHand = 0
}

// What befalls the world from outside, and what the person does.
extension SimulatedWorld {
  /// Faults that stand for a whole process or a while of it, drawn anew for each.
  func beginFaults() {
    destinationRefuses = fails(60)
    storeRefuses = fails(60)
    for name in workerNames {
      workers[name]!.refusal = fails(100) ? drawRefusal() : nil
      if workers[name]!.refusal != nil { counts.refusals += 1 }
    }
    if fails(150), let id = spool.keys.sorted().randomElement(using: &dice) {
      counts.lostSpools += 1
      loseSpool(of: id)
    }
  }

  private func drawRefusal() -> (failure: WorkerFailure, until: Duration) {
    let failures = [
      WorkerFailure(.unavailable, "401"), WorkerFailure(.unreachable, "refused"),
      WorkerFailure(.busy, "503", retryAfter: .seconds(20)),
    ]
    let isForEver = Bool.random(using: &dice)
    let until: Duration = isForEver ? .seconds(Int64.max) : now + dice.duration(upTo: .seconds(600))
    return (failures.randomElement(using: &dice)!, until)
  }

  /// What the worker answers to everything at the moment. A mission may let go of a job it cannot ask for.
  func refusal(of worker: String) -> WorkerFailure? {
    guard let refusal = workers[worker]!.refusal, now < refusal.until else { return nil }
    if refusal.failure.kind != .busy { workers[worker]!.giveUp { _, _ in true } }
    return refusal.failure
  }

  func loseSpool(of id: MissionID) {
    spool[id] = nil
    giveUpJobs(of: id)
  }

  func giveUpJobs(of id: MissionID) {
    for name in workerNames { workers[name]!.giveUp { $1.mission == id } }
  }

  /// One or two missions, whatever they are doing.
  func personCancels() -> SchedulerEvent {
    cancelsLeft -= 1
    counts.cancels += 1
    let ids = (0..<Int.random(in: 1...2, using: &dice)).map { _ in missionIDs.randomElement(using: &dice)! }
    watch.cancelled.formUnion(ids.filter { journal.records[$0]?.status.isFinished == false })
    return .cancelRequested(ids)
  }

  /// `retry` of what failed or was cancelled, after the cause was mended.
  func personRetries() {
    for id in missionIDs
    where journal.records[id]!.status == .failed || journal.records[id]!.status == .cancelled {
      guard Bool.random(using: &dice) else { continue }
      counts.retriesByHand += 1
      journal.reopen(id)
      giveUpJobs(of: id)
    }
  }
}
