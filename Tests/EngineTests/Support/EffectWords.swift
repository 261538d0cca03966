import MissionCore
import WorkerSource

@testable import Engine

extension Effect {
  /// Nil for what most tests do not look at: the journal, timers, logs and bytes in memory.
  var words: String? {
    switch self {
    case .journal, .setTimer, .forgetBytes, .log, .tell: return nil
    case .claim: return "claim"
    case .start(let ticket, let lane, _): return "POST \(ticket.mission.low) \(lane.lane)"
    case .find(let ticket, let lane, _, _): return "ask \(ticket.mission.low) \(lane.lane)"
    case .look(let ticket, let lane, let job, _): return "look \(ticket.mission.low) \(lane.lane) \(job.id)"
    case .cancel(let ticket, let lane, _): return "cancel \(ticket.mission.low) \(lane.lane)"
    case .judge(let ticket, let records): return "judge \(ticket.mission.low) \(records)"
    case .verifySpool(let ticket, _): return "verify \(ticket.mission.low)"
    case .verifyLedger(let ticket): return "ledger \(ticket.mission.low)"
    case .load(let load): return "load \(load.ticket.mission.low)"
    case .upload(let ticket, _, _, _): return "upload \(ticket.mission.low)"
    case .loadObject(let ticket, _): return "load the object of \(ticket.mission.low)"
    case .removeSpool(let mission): return "remove \(mission.low)"
    case .cancelInJournal(let mission): return "cancel \(mission.low) in the journal"
    case .prepare(let ticket, let request): return (request as? SessionRequest)?.words(on: ticket.lane.lane)
    case .finish: return "finish"
    }
  }

  var ticket: Ticket? {
    switch self {
    case .start(let ticket, _, _), .find(let ticket, _, _, _), .look(let ticket, _, _, _),
      .cancel(let ticket, _, _), .judge(let ticket, _), .verifySpool(let ticket, _),
      .verifyLedger(let ticket), .upload(let ticket, _, _, _), .loadObject(let ticket, _):
      return ticket
    case .load(let load): return load.ticket
    default: return nil
    }
  }

  var laneTicket: LaneTicket? {
    if case .prepare(let ticket, _) = self { return ticket }
    return nil
  }
}

extension SessionRequest {
  func words(on worker: String) -> String {
    switch self {
    case .open(let proxy): return "open \(worker)\(proxy.map { " \($0)" } ?? "")"
    case .look: return "look \(worker)"
    case .end: return "end \(worker)"
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
    case .paceStart(let source, _, _): return "\(source) paced"
    case .laneLimited(let lane, let limit, _):
      return "\(lane) " + (limit.map { "limited to \($0.limit)" } ?? "free")
    case .proxyUsed(let server, _): return "\(server) used"
    case .proxyFailed(let server, _): return "\(server) failed"
    }
  }
}
