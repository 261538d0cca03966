import MissionCore

/// A job as its source names it, and where it runs.
struct JobName: Hashable {
  let lane: LaneName
  let id: String
}

/// Which mission each job on the lanes is taken for. A worker that restarted may number its jobs anew: then one name
/// stands for the jobs of two missions, and nobody knows whose it is.
struct JobHolders {
  enum Claim: Hashable {
    case own
    /// Nobody's any more; with the mission that held it until now.
    case shared(with: MissionID?)
  }

  private var holders: [JobName: MissionID] = [:]
  /// Given to two missions: nobody's until the lane is free of what may run there.
  private var ambiguous: Set<JobName> = []

  /// How a lane has named the jobs that it started in this run.
  private struct Naming {
    /// The first one's.
    let id: String
    var starts = 0
    /// Another one had another id.
    var varies = false
  }

  private var namings: [LaneName: Naming] = [:]
  /// After so many starts that were all given one and the same id, it is no name: such a worker answers every look
  /// alike, and to refuse it would only mean that nothing runs. One that numbers anew gives other ids as well.
  static let startsOfNamelessJobs = 16

  mutating func claim(_ job: JobName, for mission: MissionID) -> Claim {
    if isNameless(job) { return .own }
    if ambiguous.contains(job) { return .shared(with: nil) }
    guard let holder = holders[job], holder != mission else {
      holders[job] = mission
      return .own
    }
    holders[job] = nil
    ambiguous.insert(job)
    return .shared(with: holder)
  }

  private mutating func isNameless(_ job: JobName) -> Bool {
    var naming = namings[job.lane] ?? Naming(id: job.id)
    naming.varies = naming.varies || naming.id != job.id
    naming.starts += 1
    namings[job.lane] = naming
    return !naming.varies && naming.starts >= Self.startsOfNamelessJobs
  }

  /// Its job has ended, or ends with what it runs in.
  mutating func release(_ job: JobName, by mission: MissionID) {
    if holders[job] == mission { holders[job] = nil }
  }

  /// Nothing runs on the lane any more.
  mutating func laneIsCleared(_ lane: LaneName) {
    if !ambiguous.isEmpty { ambiguous = ambiguous.filter { $0.lane != lane } }
  }

  /// Those that come more than once.
  static func repeated(in jobs: [JobName]) -> Set<JobName> {
    var seen: Set<JobName> = []
    return Set(jobs.filter { !seen.insert($0).inserted })
  }
}
