import MissionCore
import Ports

@testable import WorkerSource

// What a session's machine answered, as words that a test can compare and a person can read.
extension SessionMachine.Action {
  var words: String {
    switch self {
    case .open: return "open"
    case .look: return "look"
    case .end: return "end"
    case .countProxyFailure(let server): return "blame \(server)"
    case .lane(let action): return action.words
    }
  }
}

extension LaneAction {
  var words: String {
    switch self {
    case .ask(let request): return "ask \(request)"
    case .setTimer: return "wait"
    case .grant(let mission, let session):
      return "grant \(mission.low)\(session?.isReused == true ? " again" : "")"
    case .fail(let missions, let failure):
      return "fail \(missions.map { "\($0.low)" }.joined(separator: ",")) \(failure.code.rawValue)"
    case .lose(let missions, _): return "lose \(missions.map { "\($0.low)" }.joined(separator: ","))"
    case .breakUsers(let failure): return "break \(failure.code.rawValue)"
    case .journal(let write): return "journal \(write.words)"
    case .isCleared: return "gone"
    case .unknownStatus(let status): return "tell of \(status)"
    case .closeSource(let failure): return "close \(failure.code.rawValue)"
    }
  }
}

extension JournalWrite {
  var words: String {
    switch self {
    case .mission(let transition): return "mission \(transition.mission.low)"
    case .sessionOpened(_, let sessionID, let proxy, _):
      return "opened \(sessionID) through \(proxy ?? "none")"
    case .sessionServed(_, let served): return "served \(served)"
    case .sessionTainted: return "tainted"
    case .sessionEnded: return "ended"
    case .paceStart(let source, _, _): return "paced \(source)"
    case .laneLimited(let lane, let limit, _): return "\(lane) limited to \(limit?.limit ?? 0)"
    case .proxyUsed(let server, _): return "used \(server)"
    case .proxyFailed(let server, _): return "failed \(server)"
    }
  }
}
