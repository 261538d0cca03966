import Engine
import Failpoints
import Journal
import MissionCore
import Ports
import Threads
import Verification

/// What the ledger and the store said before a run began.
struct LedgerAnswer {
  /// Missions that are done already.
  var recovered = 0
  /// Missions that the run does not take up, since the store cannot say what it has of them.
  var heldBack: Set<MissionID> = []
  /// Why; what is to be mended.
  var obstacle: Failure?
  /// Nothing may be scraped, for the ledger is out of reach.
  var isClosed = false
}

extension LedgerFirst {
  convenience init(_ parts: RunParts) {
    self.init(
      parts: ComparedParts(destination: parts.destination, store: parts.store, places: parts.places),
      spool: parts.spool, runID: parts.runID, now: parts.wall)
  }
}

// The ledger is asked first: what destination and store have is not scraped again (TRUST 3).
extension RunSession {
  /// Missions from which on it is worth a look at how much there is at all.
  private static let many = 20_000
  /// So many missions are asked for in the time in which one that is there is found without asking for it.
  private static let askedForEachPresent = 5

  /// A store that must keep what its section requires is tried before anybody is asked for anything.
  func requireStore(_ store: any AuditStore) throws(CommandFailure) {
    let answer = Answer.of { store.requirements(reply: $0) }
    guard case .failure(let error) = answer else { return }
    let message = error.message + (error.advice.map { ": \($0)" } ?? "")
    throw CommandFailure(
      error.severity.exitCode ?? .unusable, "store: \(error.code.rawValue) \(message)")
  }

  /// Missions at SCRAPE that are done become DONE. What a person or a rule put back is not asked for.
  func askLedger(
    _ state: RunState, _ parts: RunParts, selected: Int
  ) throws(CommandFailure) -> LedgerAnswer {
    var answer = LedgerAnswer()
    guard parts.destination.inspectable != nil else { return answer }
    let ledger = LedgerFirst(parts)
    var missions = AskedMissions(
      state.journal, order: plan.options.order,
      present: selected > Self.many ? present(ledger, atMost: selected / Self.askedForEachPresent) : nil)
    while !stops.isStopping, !answer.isClosed {
      let asked: [MissionRecord]
      do throws(JournalError) {
        guard let page = try missions.next() else { break }
        asked = page
      } catch { throw CommandFailure(error) }
      guard !asked.isEmpty else { continue }
      let findings: [RecoveryFinding]
      do throws(LedgerFirst.Obstacle) { findings = try ledger.look(at: asked) } catch {
        close(&answer, error)
        continue
      }
      try write(asked, findings, state.journal, &answer)
    }
    tell(ledger, &answer)
    return answer
  }

  private func present(_ ledger: LedgerFirst, atMost limit: Int) -> Set<MissionID>? {
    ledger.present(of: plan.configuration.declaredSources?.map(\.name) ?? ["default"], atMost: limit)
  }

  private func write(
    _ asked: [MissionRecord], _ findings: [RecoveryFinding], _ journal: Journal,
    _ answer: inout LedgerAnswer
  ) throws(CommandFailure) {
    var writes: [JournalWrite] = []
    func add(_ mission: MissionID, _ change: MissionChange, _ events: [JournalEvent]) {
      writes.append(
        .mission(MissionTransition(mission: mission, change: change, events: events, at: context.now())))
    }
    var recovered = 0
    for (record, finding) in zip(asked, findings) {
      switch finding {
      case .scrape(let files, let doubted):
        if let doubted { add(record.id, .rowsReplaced(sha256: doubted), []) }
        guard let files else { continue }
        context.log.warning(
          "mission \(record.id) (\(record.parameters.dateStart)): what destination and store have of it does not "
            + "fit together; it is scraped again, and that is replaced")
        add(record.id, .replacementFound(formerFiles: files), [])
      // Only those who change nothing are told so.
      case .mendable: continue
      case .left: answer.heldBack.insert(record.id)
      case .done(let mission):
        recovered += 1
        let details: EventDetails = [
          ("key", .text(mission.object.key)), ("sha256", .text(mission.sha256)),
          ("ads_count", .integer(Int64(mission.adsCount))),
        ]
        add(record.id, .recovered(mission), [JournalEvent(.recovered, details)])
      }
    }
    guard !writes.isEmpty else { return }
    Failpoint.reach("ledger.recovered.before")
    do throws(JournalError) { try journal.write(writes, runID: runID) } catch {
      throw CommandFailure(error)
    }
    Failpoint.reach("ledger.recovered.after")
    answer.recovered += recovered
  }

  private func close(_ answer: inout LedgerAnswer, _ obstacle: LedgerFirst.Obstacle) {
    switch obstacle {
    case .destination(let error):
      answer.obstacle = error.stepFailure.failure
      answer.isClosed = true
    case .store(let error): answer.obstacle = Failure(error.code, error.message)
    }
  }

  private func tell(_ ledger: LedgerFirst, _ answer: inout LedgerAnswer) {
    if answer.recovered > 0 {
      context.log.info(
        answer.recovered == 1
          ? "1 mission is done already: destination and store have it"
          : "\(answer.recovered) missions are done already: destination and store have them")
    }
    if ledger.isDenied {
      context.log.warning("the store does not let us look at objects: missions without rows are scraped")
    }
    if let error = ledger.storeFailure {
      if !answer.heldBack.isEmpty { answer.obstacle = Failure(error.code, error.message) }
      context.log.warning("the store was not asked for all missions: \(error.code.rawValue) \(error.message)")
    }
    if let (code, message) = ledger.mendFailure {
      answer.obstacle = answer.obstacle ?? Failure(code, message)
      context.log.warning("what is missing of a mission could not be made of what is there: \(message)")
    }
    if answer.isClosed, let obstacle = answer.obstacle {
      context.log.error(
        "the destination cannot be asked, nothing is scraped: \(obstacle.code.rawValue) \(obstacle.message)")
    } else if !answer.heldBack.isEmpty {
      context.log.warning(
        answer.heldBack.count == 1
          ? "1 mission that may be done already is left to a later run"
          : "\(answer.heldBack.count) missions that may be done already are left to a later run")
    }
  }
}
