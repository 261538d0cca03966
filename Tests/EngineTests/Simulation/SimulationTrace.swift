import MissionCore
import WorkerSource

@testable import Engine

/// A fingerprint of everything a scheduler did, cheap enough to take every effect into account. Comparable
/// within one process only.
struct SimulationTrace {
  private var hasher = Hasher()

  var value: Int { hasher.finalize() }

  mutating func note(_ text: StaticString, _ number: Int = 0) {
    hasher.combine(text.utf8CodeUnitCount)
    hasher.combine(number)
  }

  mutating func note(_ effect: Effect, now: Duration) {
    hasher.combine(now)
    switch effect {
    case .journal(let writes, let tickets):
      hasher.combine(1)
      hasher.combine(tickets)
      for write in writes { note(write) }
    case .claim(_, let limit): mix(2, limit)
    case .setTimer(let key, let at): mix(3, key, at)
    case .start(let ticket, let lane, _): mix(4, ticket, lane)
    case .find(let ticket, let lane, _, _): mix(5, ticket, lane)
    case .look(let ticket, _, let job, _): mix(6, ticket, job)
    case .cancel(let ticket, _, let job): mix(7, ticket, job)
    case .verifySpool(let ticket, _): mix(8, ticket)
    case .verifyLedger(let ticket): mix(19, ticket)
    case .judge(let ticket, let records): mix(28, ticket, records)
    case .load(let load): mix(9, load.ticket)
    case .upload(let ticket, _, _, _): mix(10, ticket)
    case .loadObject(let ticket, _): mix(30, ticket)
    case .removeSpool(let mission): mix(11, mission)
    case .forgetBytes(let mission): mix(12, mission)
    case .cancelInJournal(let mission): mix(13, mission)
    case .log(let level, let message): mix(14, level, message)
    case .tell(let level, let message, let facts):
      mix(29, level, message)
      hasher.combine(facts)
    case .prepare(let ticket, let request): mix(15, ticket, request as? SessionRequest)
    case .finish(let outcome): mix(18, outcome)
    }
  }

  private mutating func note(_ write: JournalWrite) {
    switch write {
    case .mission(let transition):
      mix(20, transition.mission, transition.change)
      for event in transition.events { hasher.combine(event.kind) }
    case .sessionOpened(let worker, let sessionID, _, let at):
      mix(21, worker, sessionID)
      hasher.combine(at)
    case .sessionServed(let worker, let served): mix(22, worker, served)
    case .sessionTainted(let worker): mix(23, worker)
    case .sessionEnded(let worker): mix(24, worker)
    case .paceStart(let source, let at, _): mix(27, source, at)
    case .laneLimited(let lane, let limit, _): mix(30, lane, limit)
    case .proxyUsed(let server, _): mix(25, server)
    case .proxyFailed(let server, _): mix(26, server)
    }
  }

  private mutating func mix(_ kind: Int, _ first: some Hashable) {
    hasher.combine(kind)
    hasher.combine(first)
  }

  private mutating func mix(_ kind: Int, _ first: some Hashable, _ second: some Hashable) {
    mix(kind, first)
    hasher.combine(second)
  }
}
