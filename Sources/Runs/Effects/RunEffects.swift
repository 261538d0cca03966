import Engine
import Journal
import MissionCore
import Ports
import Spool
import Synchronization
import Threads
import Verification

/// Carries the scheduler's effects out with the real parts; every answer goes to the mailbox.
///
/// Decides nothing: it only translates between the engine's words and those of the parts.
final class RunEffects: EffectHandler {
  private let parts: RunParts
  private let mailbox: Queue<SchedulerEvent>
  /// The spooled results of missions in a slot, so that later steps need not open them again.
  private let results: HeldResults
  /// Nil for a destination that cannot be asked.
  private let ledger: LedgerQuestions?
  private let loads: Loads
  private let heldBack: Set<MissionID>
  /// How far each source's queue was read.
  private var cursors: [SourceNames: ClaimCursor] = [:]

  /// - Parameter heldBack: missions that this run does not take up.
  init(parts: RunParts, mailbox: Queue<SchedulerEvent>, heldBack: Set<MissionID> = []) {
    self.parts = parts
    self.heldBack = heldBack
    self.mailbox = mailbox
    results = HeldResults()
    ledger = parts.destination.inspectable.map(LedgerQuestions.init)
    loads = Loads(
      destination: parts.destination, canBeAsked: ledger != nil, store: parts.store, places: parts.places,
      runID: parts.runID, wall: parts.wall,
      question: SpoolQuestion(spool: parts.spool, results: results, mailbox: mailbox))
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .journal(let writes, let tickets): submit(writes, tickets)
    case .claim(let names, let limit): claim(names, limit: limit)
    case .start(let ticket, let lane, let start): self.start(ticket, lane, start)
    case .find(let ticket, let lane, let start, let known):
      source(lane)?.find(start, on: lane.lane, known: known) { [mailbox] in
        mailbox.push(.mission(ticket, .startFound($0)))
      }
    case .look(let ticket, let lane, let job, let wait):
      source(lane)?.look(at: job, into: intake(for: job.start), atMost: wait) { [mailbox] in
        mailbox.push(.mission(ticket, .jobLooked($0)))
      }
    case .cancel(let ticket, let lane, let job):
      source(lane)?.cancel(job) { [mailbox] in
        mailbox.push(.mission(ticket, .jobCancelAnswered(isConfirmed: $0)))
      }
    case .prepare(let ticket, let request):
      source(ticket.lane)?.sessions?.perform(request, on: ticket.lane.lane) { [mailbox] in
        mailbox.push(.lane(ticket, .answered($0)))
      }
    case .judge(let ticket, let records):
      parts.journal.judge(records: records, of: ticket.mission) { [mailbox] answer in
        switch answer {
        case .success(let verdict): mailbox.push(.mission(ticket, .judged(verdict)))
        case .failure(let error):
          mailbox.push(.broke(RunFailure(exitCode: error.exitCode, message: "\(error)")))
        }
      }
    case .verifySpool(let ticket, let result):
      question.ask(result, ticket, whenIntact: .spoolVerified(.intact))
    case .verifyLedger(let ticket): verifyLedger(ticket)
    case .load(let load): loads.begin(load)
    case .upload(let ticket, let parameters, let scraped, let former):
      upload(ticket, parameters, scraped, former)
    case .loadObject(let ticket, let parameters): loadObject(ticket, parameters)
    case .removeSpool(let mission):
      parts.spool.remove(mission)
      for source in parts.sources { source.source.forget(mission) }
    case .forgetBytes(let mission): results.forget(mission)
    case .cancelInJournal(let mission): cancelInJournal(mission)
    case .log(let level, let message): parts.log.write(level, message)
    case .tell(let level, let message, let facts): parts.log.write(level, message, facts)
    case .setTimer, .finish: break  // the runner's own
    }
  }

  private func source(_ lane: LaneName) -> (any MissionSource)? {
    parts.sources.first { $0.name == lane.source }?.source
  }

  private func intake(for start: MissionStart) -> SpoolIntake {
    SpoolIntake(parts.spool, attempt: start.attempt, isSecondLook: start.isSecondLook) { [results] in
      results.hold($0)
    }
  }

  private func start(_ ticket: Ticket, _ lane: LaneName, _ start: MissionStart) {
    source(lane)?.start(start, on: lane.lane, into: intake(for: start)) { [mailbox] answer in
      switch answer {
      case .success(.job(let id, let kept)):
        mailbox.push(.mission(ticket, .jobStarted(jobID: id, kept: kept)))
      case .success(.ended(let look)): mailbox.push(.mission(ticket, .startEnded(look)))
      case .failure(let failure): mailbox.push(.mission(ticket, .startFailed(failure)))
      }
    }
  }

  private func submit(_ writes: [JournalWrite], _ tickets: [Ticket]) {
    parts.journal.submit(writes, runID: parts.runID) { [mailbox] error in
      if let error {
        mailbox.push(.broke(RunFailure(exitCode: error.exitCode, message: "\(error)")))
      } else if !tickets.isEmpty {
        mailbox.push(.journaled(tickets))
      }
    }
  }

  private func claim(_ names: SourceNames, limit: Int) {
    do {
      let (records, next) = try parts.journal.claim(
        of: names, after: cursors[names], order: parts.order, limit: limit)
      cursors[names] = next
      let taken = heldBack.isEmpty ? records : records.filter { !heldBack.contains($0.id) }
      mailbox.push(.claimed(names, taken, isLast: next == nil))
    } catch {
      mailbox.push(.broke(RunFailure(exitCode: error.exitCode, message: "\(error)")))
    }
  }

  /// Also when it is refused: a finished mission stays what it is.
  private func cancelInJournal(_ mission: MissionID) {
    do {
      _ = try parts.journal.cancel(mission, at: parts.wall(), runID: parts.runID)
    } catch {
      if error.exitCode == .notFound { return }
      mailbox.push(.broke(RunFailure(exitCode: error.exitCode, message: "\(error)")))
    }
  }

  // MARK: Spool, destination, store

  private var question: SpoolQuestion { loads.question }

  /// A destination that cannot be asked has what it said it took.
  private func verifyLedger(_ ticket: Ticket) {
    guard let ledger else {
      mailbox.push(.mission(ticket, .ledgerRead(.success(results[ticket.mission]?.sha256))))
      return
    }
    ledger.ask(ticket.mission) { [mailbox] answer in
      mailbox.push(.mission(ticket, .ledgerRead(answer.mapError(\.stepFailure))))
    }
  }

  private func upload(
    _ ticket: Ticket, _ parameters: MissionParameters, _ scraped: ScrapedResult, _ former: FormerObjects
  ) {
    guard let result = results[ticket.mission] else {
      mailbox.push(.mission(ticket, .uploadFailed(.withoutBytes(ticket.mission))))
      return
    }
    let request = AuditRequest(
      mission: ticket.mission, parameters: parameters, runID: parts.runID, result: result,
      prefix: parts.places(parameters.source).prefix, replaces: former.replaces)
    UploadSequence(
      store: parts.store, request: request, files: scraped.keptFiles, former: former.files,
      workFolder: parts.workFolder + "/"
    ) { [mailbox, question, store = parts.store] end in
      switch end {
      case .stored(let object): mailbox.push(.mission(ticket, .uploaded(object)))
      case .fileUnusable(.lost(let path)):
        let why: Message = "\(path): the kept file is missing or was altered"
        mailbox.push(.mission(ticket, .spoolVerified(.lost(why: why))))
      case .fileUnusable(let error):
        let finding = SpoolFinding.unknown(why: error.message, diskFails: error.isDiskFailure)
        mailbox.push(.mission(ticket, .spoolVerified(finding)))
      case .failed(let error) where error.spoolFault != nil:
        let failed = StepFailure(Failure(error.code, error.message), isAgain: true)
        question.ask(ScrapedResult(result), ticket, whenIntact: .uploadFailed(failed))
      case .failed(let error):
        let key = store.key(of: request.mission, request.parameters, prefix: request.prefix)
        let existing = error.existing.flatMap { ExistingObject($0, key: key) }
        mailbox.push(.mission(ticket, .uploadFailed(StepFailure(error, existing))))
      }
    }.begin()
  }

  /// Seldom, and it waits for the store and the destination: on a thread of its own.
  private func loadObject(_ ticket: Ticket, _ parameters: MissionParameters) {
    let record = MissionRecord(id: ticket.mission, parameters: parameters, createdAt: parts.wall())
    let ledger = LedgerFirst(parts)
    do throws(ThreadFailure) {
      _ = try OwnedThread.start(owning: ledger) { [mailbox] ledger in
        mailbox.push(.mission(ticket, .objectLoaded(ledger.loadObject(of: record))))
      }
    } catch {
      let failure = Failure(.internalError, "\(error)")
      mailbox.push(.mission(ticket, .objectLoaded(.failure(failure))))
    }
  }
}

/// Spooled results at hand, by mission; shared with the threads that bring them.
final class HeldResults: Sendable {
  private let held = Mutex<[MissionID: SpooledResult]>([:])

  subscript(mission: MissionID) -> SpooledResult? { held.withLock { $0[mission] } }
  func hold(_ result: SpooledResult) { held.withLock { $0[result.mission] = result } }
  func forget(_ mission: MissionID) { held.withLock { $0[mission] = nil } }
}
