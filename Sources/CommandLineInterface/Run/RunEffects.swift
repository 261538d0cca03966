import Engine
import Journal
import MissionCore
import Ports
import Synchronization
import Threads
import WorkerSource

/// Carries the scheduler's effects out with the real parts; every answer goes to the mailbox.
///
/// Decides nothing: it only translates between the engine's words and those of the parts.
final class RunEffects: EffectHandler {
  private let parts: RunParts
  private let mailbox: Mailbox<SchedulerEvent>
  /// The spooled results of missions in a slot, so that later steps need not open them again.
  private let results = HeldResults()
  /// Nil for a destination that cannot be asked.
  private let ledger: LedgerDesk?
  private var cursor: ClaimCursor?

  init(parts: RunParts, mailbox: Mailbox<SchedulerEvent>) {
    self.parts = parts
    ledger = parts.destination.inspectable.map(LedgerDesk.init)
    self.mailbox = mailbox
  }

  func perform(_ effect: Effect) {
    switch effect {
    case .journal(let writes, let tickets): submit(writes, tickets)
    case .claim(let limit): claim(limit: limit)
    case .requestJob(let ticket, let worker, let parameters): requestJob(ticket, worker, parameters)
    case .verifyStart(let ticket, let worker):
      api(worker)?.sessionStatus { [mailbox] in mailbox.post(.mission(ticket, .startVerified($0))) }
    case .lookAtJob(let ticket, let worker, let jobID): look(ticket, worker, jobID)
    case .cancelJob(let ticket, let worker, let jobID): cancelJob(ticket, worker, jobID)
    case .verifySpool(let ticket, let result):
      question.ask(result, ticket, whenIntact: .spoolVerified(.intact))
    case .verifyLedger(let ticket): verifyLedger(ticket)
    case .load(let ticket, let parameters, _): load(ticket, parameters)
    case .upload(let ticket, let parameters, _): upload(ticket, parameters)
    case .removeSpool(let mission): parts.spool.remove(mission)
    case .forgetBytes(let mission): results.forget(mission)
    case .cancelInJournal(let mission): cancelInJournal(mission)
    case .log(let level, let message): parts.log(level, message)
    case .openSession(let ticket, let proxy): openSession(ticket, proxy)
    case .lookAtSession(let ticket):
      api(ticket.worker)?.sessionStatus { [mailbox] in mailbox.post(.session(ticket, .looked($0))) }
    case .endSession(let ticket):
      api(ticket.worker)?.endSession { [mailbox] outcome in
        mailbox.post(.session(ticket, Self.isGone(outcome) ? .ended : .endFailed))
      }
    case .setTimer, .finish: break  // the runner's own
    }
  }

  /// Whether the worker says that it has no session any more.
  private static func isGone(_ outcome: Result<Void, WorkerFailure>) -> Bool {
    if case .failure(let failure) = outcome { failure.kind == .notFound } else { true }
  }

  private func api(_ worker: String) -> (any WorkerAPI)? { parts.workers[worker] }

  private func submit(_ writes: [JournalWrite], _ tickets: [Ticket]) {
    parts.journal.submit(writes, runID: parts.runID) { [mailbox] error in
      if let error {
        mailbox.post(.broke(RunFailure(exitCode: error.exitCode, message: "\(error)")))
      } else if !tickets.isEmpty {
        mailbox.post(.journaled(tickets))
      }
    }
  }

  private func claim(limit: Int) {
    do {
      let (records, next) = try parts.journal.claim(after: cursor, order: parts.order, limit: limit)
      cursor = next
      mailbox.post(.claimed(records, isLast: next == nil))
    } catch {
      mailbox.post(.broke(RunFailure(exitCode: error.exitCode, message: "\(error)")))
    }
  }

  /// Also when it is refused: a finished mission stays what it is.
  private func cancelInJournal(_ mission: MissionID) {
    do {
      _ = try parts.journal.cancel(mission, at: parts.wall(), runID: parts.runID)
    } catch {
      if error.exitCode == 66 { return }
      mailbox.post(.broke(RunFailure(exitCode: error.exitCode, message: "\(error)")))
    }
  }

  // MARK: The worker

  private func openSession(_ ticket: SessionTicket, _ proxy: String?) {
    let session = proxy.flatMap { parts.proxies[$0] }
    api(ticket.worker)?.openSession(through: session) { [mailbox] answer in
      switch answer {
      case .success(let id):
        mailbox.post(.session(ticket, .opened(sessionID: UntrustedText.clean(id, limit: 128))))
      case .failure(let failure): mailbox.post(.session(ticket, .openFailed(failure)))
      }
    }
  }

  private func requestJob(_ ticket: Ticket, _ worker: String, _ parameters: MissionParameters) {
    api(worker)?.startJob(parameters) { [mailbox] answer in
      switch answer {
      case .success(let jobID): mailbox.post(.mission(ticket, .jobRequested(jobID: jobID)))
      case .failure(let failure): mailbox.post(.mission(ticket, .jobRequestFailed(failure)))
      }
    }
  }

  private func cancelJob(_ ticket: Ticket, _ worker: String, _ jobID: String) {
    api(worker)?.cancelJob(jobID) { [mailbox] answer in
      var isConfirmed = true
      // 404: the worker does not know the job, so it does not run.
      if case .failure(let failure) = answer, failure.kind != .notFound { isConfirmed = false }
      mailbox.post(.mission(ticket, .jobCancelAnswered(isConfirmed: isConfirmed)))
    }
  }

  private func look(_ ticket: Ticket, _ worker: String, _ jobID: String) {
    let spool = parts.spool
    let reader = JobReader(spool: spool, results: results, redactor: parts.redactor)
    api(worker)?.job(jobID, spillPath: spool.partPath(for: ticket.mission)) { [mailbox] answer in
      switch answer {
      case .failure(let failure): mailbox.post(.mission(ticket, .jobLooked(.failure(failure))))
      case .success(let body):
        reader.read(body, of: ticket.mission) { mailbox.post(.mission(ticket, .jobLooked($0))) }
      }
    }
  }

  // MARK: Spool, destination, store

  private var question: SpoolQuestion {
    SpoolQuestion(spool: parts.spool, results: results, mailbox: mailbox)
  }

  /// A destination that cannot be asked has what it said it took.
  private func verifyLedger(_ ticket: Ticket) {
    guard let ledger else {
      return mailbox.post(.mission(ticket, .ledgerRead(.success(results[ticket.mission]?.sha256))))
    }
    ledger.ask(ticket.mission) { [mailbox] answer in
      mailbox.post(.mission(ticket, .ledgerRead(answer.mapError(\.stepFailure))))
    }
  }

  private func load(_ ticket: Ticket, _ parameters: MissionParameters) {
    guard let result = results[ticket.mission] else { return lost(ticket, MissionEvent.loadFailed) }
    let request = LoadRequest(
      mission: ticket.mission, parameters: parameters, runID: parts.runID, result: result, at: parts.wall())
    parts.destination.load(request) { [mailbox, question] answer in
      switch answer {
      case .success(let rows): mailbox.post(.mission(ticket, .loaded(rows)))
      case .failure(let error) where error.spoolFault != nil:
        let failed = StepFailure(Failure(error.code, error.message), isAgain: true)
        question.ask(ScrapedResult(result), ticket, whenIntact: .loadFailed(failed))
      case .failure(let error): mailbox.post(.mission(ticket, .loadFailed(error.stepFailure)))
      }
    }
  }

  private func upload(_ ticket: Ticket, _ parameters: MissionParameters) {
    guard let result = results[ticket.mission] else { return lost(ticket, MissionEvent.uploadFailed) }
    let request = AuditRequest(
      mission: ticket.mission, parameters: parameters, runID: parts.runID, result: result)
    parts.store.put(request) { [mailbox, question] answer in
      switch answer {
      case .success(let object):
        let uploaded = UploadedObject(
          key: object.key, etag: object.etag, size: object.size, sha256: object.sha256)
        mailbox.post(.mission(ticket, .uploaded(uploaded)))
      case .failure(let error) where error.spoolFault != nil:
        let failed = StepFailure(Failure(error.code, error.message), isAgain: true)
        question.ask(ScrapedResult(result), ticket, whenIntact: .uploadFailed(failed))
      case .failure(let error):
        let pause = error.retryAfter ?? (error.slowDown ? .seconds(1) : nil)
        let failure = StepFailure(
          Failure(error.code, error.message), isAgain: error.isAgain, retryAfter: pause)
        mailbox.post(.mission(ticket, .uploadFailed(failure)))
      }
    }
  }

  /// The engine never asks for a step of a mission whose bytes it has not been given.
  private func lost(_ ticket: Ticket, _ event: (StepFailure) -> MissionEvent) {
    let failure = Failure(.internalError, "the bytes of mission \(ticket.mission) are not at hand")
    mailbox.post(.mission(ticket, event(StepFailure(failure, isAgain: false))))
  }
}

/// Spooled results at hand, by mission; shared with the threads that bring them.
final class HeldResults: Sendable {
  private let held = Mutex<[MissionID: SpooledResult]>([:])

  subscript(mission: MissionID) -> SpooledResult? { held.withLock { $0[mission] } }
  func hold(_ result: SpooledResult) { held.withLock { $0[result.mission] = result } }
  func forget(_ mission: MissionID) { held.withLock { $0[mission] = nil } }
}
