import Engine

@testable import MissionCore

/// How much of what can go wrong has gone wrong, so that a quiet simulation is noticed.
struct SimulationCounts {
  var crashes = 0
  var cancels = 0
  var refusals = 0
  var breakers = 0
  var lostSpools = 0
  /// Results that only the spool knew of after a crash.
  var foundInSpool = 0
  /// Times that the spool could not tell what became of its bytes.
  var untoldSpools = 0
  var retriesByHand = 0
  /// Sessions that broke under a job.
  var brokenSessions = 0
  /// Ends of sessions that the worker did not confirm.
  var sessionsThatStay = 0
  var restarts = 0
  var repeatedJobs = 0
  var lostRows = 0
  var otherMachines = 0
}

/// Another machine's way with a mission of ours.
struct OtherMachine {
  enum Step { case load, upload, look }

  var next = Step.load
  var rounds = 0
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
    // An older copy of the destination; what became of DONE missions in it is not this run's to know.
    guard fails(150) else { return }
    for id in ledger.keys.sorted() where journal.records[id]!.status != .done && Bool.random(using: &dice) {
      loseRows(of: id)
    }
  }

  func loseRows(of id: MissionID) {
    counts.lostRows += 1
    lostRows.insert(id)
    ledger[id] = Bool.random(using: &dice) ? nil : "old"
  }

  /// What it knew is gone; a worker with room for several jobs may have the ids of its lost jobs in use again.
  func restart(_ worker: String, keepsSession: Bool = false) {
    counts.restarts += 1
    journal.forgetJobs(of: worker)
    let forgotten = [0, 1, 2, Int.max].randomElement(using: &dice)!
    workers[worker]!.restart(
      forgottenIDs: forgotten, keepsSession: keepsSession || Bool.random(using: &dice))
  }

  private func drawRefusal() -> (failure: SourceFailure, until: Duration) {
    let failures = [
      SourceFailure(.unavailable, "401"), SourceFailure(.unreachable, "refused"),
      SourceFailure(.busy, "503", retryAfter: .seconds(20)),
    ]
    let isForEver = Bool.random(using: &dice)
    let until: Duration = isForEver ? .seconds(Int64.max) : now + dice.duration(upTo: .seconds(600))
    return (failures.randomElement(using: &dice)!, until)
  }

  /// What the worker answers to everything at the moment. A mission may let go of a job it cannot ask for.
  func refusal(of worker: String) -> SourceFailure? {
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

  /// Another machine with a journal of its own runs the same mission, from a scrape of its own.
  func anotherMachineBegins(_ id: MissionID) {
    guard others[id] == nil else { return }
    counts.otherMachines += 1
    others[id] = OtherMachine()
    others[id]!.next = .load
    touched.insert(id)
    otherMachineLater(id)
  }

  private func otherMachineLater(_ id: MissionID) {
    later(within: .milliseconds(200)) { [self] in
      otherMachineWorks(id)
      if others[id] != nil { otherMachineLater(id) }
      return nil
    }
  }

  /// It keeps to the same rules: rows, object, and a look whether the rows are still its own.
  func otherMachineWorks(_ id: MissionID) {
    guard var other = others[id] else { return }
    let digest = "other-\(id)"
    switch other.next {
    case .load:
      ledger[id] = digest
      lostRows.remove(id)
      other.next = .upload
    case .upload:
      objects[id] = digest
      other.next = .look
    case .look:
      other.rounds += 1
      if ledger[id] == digest || other.rounds == MissionMachine.mostForeignLoads {
        if ledger[id] != digest { gaveUp.insert(id) }
        others[id] = nil
        return
      }
      other.next = .load
    }
    others[id] = other
  }

  /// While no run of ours is live it gets done.
  func othersFinish() {
    for id in others.keys.sorted() { while others[id] != nil { otherMachineWorks(id) } }
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
