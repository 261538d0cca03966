/// Which jobs run on a lane, since when, and how many ran beside each.
struct LaneLoad: Sendable {
  private struct Running {
    let began: Duration
    /// Seconds of all jobs together until then.
    let secondsBefore: Double
    let isMeasured: Bool
    let change: Int
  }

  /// A job that is over.
  struct Ended {
    let seconds: Double
    /// Jobs on the lane meanwhile, on the average.
    let beside: Double
    let isMeasured: Bool
    /// It began after the limit was last changed.
    let isOfThisLimit: Bool
  }

  private var jobs: [MissionID: Running] = [:]
  private var changes = 0
  private var jobSeconds = 0.0
  private var at: Duration = .zero

  /// No job has ever run.
  var isUntouched: Bool { jobs.isEmpty && jobSeconds == 0 }

  func isOfThisLimit(_ job: MissionID) -> Bool { jobs[job]?.change == changes }

  mutating func limitChanged() { changes += 1 }

  mutating func begin(_ job: MissionID, at now: Duration, isMeasured: Bool = true) {
    advance(to: now)
    jobs[job] = Running(began: now, secondsBefore: jobSeconds, isMeasured: isMeasured, change: changes)
  }

  mutating func end(_ job: MissionID, at now: Duration) -> Ended? {
    advance(to: now)
    guard let ended = jobs.removeValue(forKey: job) else { return nil }
    let seconds = (now - ended.began) / .seconds(1)
    let beside = seconds > 0 ? (jobSeconds - ended.secondsBefore) / seconds : Double(jobs.count + 1)
    return Ended(
      seconds: seconds, beside: beside, isMeasured: ended.isMeasured, isOfThisLimit: ended.change == changes)
  }

  private mutating func advance(to now: Duration) {
    guard now > at else { return }
    jobSeconds += Double(jobs.count) * ((now - at) / .seconds(1))
    at = now
  }
}
