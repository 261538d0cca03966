import MissionCore

@testable import Engine

extension Effect {
  /// Nil for what most tests do not look at: the journal, timers, logs and bytes in memory.
  var words: String? {
    switch self {
    case .journal, .setTimer, .forgetBytes, .log: return nil
    case .claim: return "claim"
    case .requestJob(let ticket, let worker, _): return "POST \(ticket.mission.low) \(worker)"
    case .verifyStart(let ticket, let worker): return "ask \(ticket.mission.low) \(worker)"
    case .lookAtJob(let ticket, let worker, let jobID): return "look \(ticket.mission.low) \(worker) \(jobID)"
    case .cancelJob(let ticket, let worker, _): return "cancel \(ticket.mission.low) \(worker)"
    case .verifySpool(let ticket, _): return "verify \(ticket.mission.low)"
    case .verifyLedger(let ticket): return "ledger \(ticket.mission.low)"
    case .load(let ticket, _, _): return "load \(ticket.mission.low)"
    case .upload(let ticket, _, _): return "upload \(ticket.mission.low)"
    case .removeSpool(let mission): return "remove \(mission.low)"
    case .cancelInJournal(let mission): return "cancel \(mission.low) in the journal"
    case .openSession(let ticket, let proxy): return "open \(ticket.worker)\(proxy.map { " \($0)" } ?? "")"
    case .lookAtSession(let ticket): return "look \(ticket.worker)"
    case .endSession(let ticket): return "end \(ticket.worker)"
    case .finish: return "finish"
    }
  }

  var ticket: Ticket? {
    switch self {
    case .requestJob(let ticket, _, _), .verifyStart(let ticket, _), .lookAtJob(let ticket, _, _),
      .cancelJob(let ticket, _, _), .verifySpool(let ticket, _), .verifyLedger(let ticket),
      .load(let ticket, _, _),
      .upload(let ticket, _, _):
      return ticket
    default: return nil
    }
  }

  var sessionTicket: SessionTicket? {
    switch self {
    case .openSession(let ticket, _), .lookAtSession(let ticket), .endSession(let ticket): return ticket
    default: return nil
    }
  }
}

extension JournalWrite {
  /// `1 started`, `w1 tainted`.
  var words: String {
    switch self {
    case .mission(let transition):
      let name: String
      switch transition.change {
      case .sessionAwaited(let proxy) where transition.events.isEmpty: name = "awaits \(proxy ?? "none")"
      case .none, .sessionAwaited: name = transition.events.map(\.kind.rawValue).joined(separator: " ")
      case .retryQueued(let code, _): name = "retry \(code.rawValue)"
      case .failed(let code, _, _): name = "FAILED \(code.rawValue)"
      case .requeued(_, let deferred): name = deferred ? "queued last" : "queued"
      default: name = "\(transition.change)".prefix { $0 != "(" }.description
      }
      return "\(transition.mission.low) \(name)"
    case .sessionOpened(let worker, _, _, _): return "\(worker) opened"
    case .sessionServed(let worker, let served): return "\(worker) served \(served)"
    case .sessionTainted(let worker): return "\(worker) tainted"
    case .sessionEnded(let worker): return "\(worker) ended"
    case .proxyUsed(let server, _): return "\(server) used"
    case .proxyFailed(let server, _): return "\(server) failed"
    }
  }
}
