import JSONStream
import Synchronization
import Threads

/// Counts of what was asked of both sides, for tests to look at.
final class Statistics: Sendable {
  private struct Counts {
    var requests = [Int](repeating: 0, count: RequestKind.allCases.count)
    var unauthorised = 0
    var rejectedSignatures = 0
    var faults = 0
    var duplicatedStarts = 0
    var repeatedStarts = 0
    var mostLive: [String: Int] = [:]
    var jobsStarted: [String: Int] = [:]
    var sessions: [String: Int] = [:]
    var proxies: [String: Int] = [:]
  }

  private let counts = Mutex(Counts())

  func count(_ kind: RequestKind) {
    let index = kind.index
    counts.withLock { $0.requests[index] += 1 }
  }

  func countUnauthorised() { counts.withLock { $0.unauthorised += 1 } }
  func countRejectedSignature() { counts.withLock { $0.rejectedSignatures += 1 } }
  func countFault() { counts.withLock { $0.faults += 1 } }
  func countDuplicate() { counts.withLock { $0.duplicatedStarts += 1 } }
  func countRepetition() { counts.withLock { $0.repeatedStarts += 1 } }

  func countSession(worker: String, proxy: String?) {
    counts.withLock {
      $0.sessions[worker, default: 0] += 1
      $0.proxies[proxy ?? "", default: 0] += 1
    }
  }

  /// Which start of this mission it is, from 1.
  func countJobStart(mission: String) -> Int {
    counts.withLock {
      let count = $0.jobsStarted[mission, default: 0] + 1
      $0.jobsStarted[mission] = count
      return count
    }
  }

  func noteLive(_ count: Int, worker: String) {
    counts.withLock { if count > $0.mostLive[worker, default: 0] { $0.mostLive[worker] = count } }
  }

  func reset() { counts.withLock { $0 = Counts() } }

  /// Everything as one JSON object; `live` is how many jobs run on each worker now.
  func json(live: [(worker: String, count: Int)]) -> [UInt8] {
    let counts = counts.withLock { $0 }
    var out = JSONWriter(reservingCapacity: 4096)
    func put(_ name: String, _ values: [(String, Int)]) {
      out.key(name)
      out.beginObject()
      for (key, value) in values {
        out.key(key)
        out.value(value)
      }
      out.endObject()
    }
    func put(_ name: String, _ values: [String: Int]) {
      put(name, values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
    func put(_ name: String, _ value: Int) {
      out.key(name)
      out.value(value)
    }
    out.beginObject()
    put("requests", RequestKind.allCases.map { ($0.rawValue, counts.requests[$0.index]) })
    put("requests_total", counts.requests.reduce(0, +))
    put("unauthorised", counts.unauthorised)
    put("rejected_signatures", counts.rejectedSignatures)
    put("faults", counts.faults)
    put("sessions", counts.sessions)
    put("sessions_by_proxy", counts.proxies)
    put("live_jobs", live.map { ($0.worker, $0.count) })
    put("max_live_jobs", counts.mostLive)
    put("jobs_started_total", counts.jobsStarted.values.reduce(0, +))
    // Starts of a mission whose earlier job was still running, and of one that had been completed.
    put("duplicated_job_starts", counts.duplicatedStarts)
    put("repeated_job_starts", counts.repeatedStarts)
    put("jobs_started", counts.jobsStarted)
    out.endObject()
    return out.bytes
  }
}

extension RequestKind {
  /// Its place in `allCases`.
  var index: Int { Self.places[rawValue] ?? 0 }
  private static let places = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1.rawValue, $0) })
}
