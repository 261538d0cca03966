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

  private var namings: [LaneName: JobNaming] = [:]
  private var exposed: JobName?

  mutating func claim(_ job: JobName, for mission: MissionID) -> Claim {
    note(job) { $0.note(job.id) }
    if namings[job.lane]?.isNameless == true { return .own }
    if ambiguous.contains(job) { return .shared(with: nil) }
    guard let holder = holders[job], holder != mission else {
      holders[job] = mission
      return .own
    }
    holders[job] = nil
    ambiguous.insert(job)
    namings[job.lane]?.hasRepeated = true
    return .shared(with: holder)
  }

  /// Whether the lane gets one job at a time, because every job had the same id and two of them at once could not be
  /// told apart.
  func takesOneJob(_ lane: LaneName) -> Bool { namings[lane]?.takesOneJob ?? false }

  /// Takes note of what a job brought.
  mutating func completed(_ job: JobName, with result: ScrapedResult) { note(job) { $0.note(result) } }

  /// The name that stood for any job until the lane showed that its jobs differ: all that are under way under it are
  /// nobody's. Told once.
  mutating func takeExposed() -> JobName? {
    defer { exposed = nil }
    return exposed
  }

  private mutating func note(_ job: JobName, _ change: (inout JobNaming) -> Void) {
    var naming = namings[job.lane] ?? JobNaming(id: job.id)
    let wasNameless = naming.isNameless
    change(&naming)
    namings[job.lane] = naming
    guard wasNameless, !naming.isNameless else { return }
    let name = JobName(lane: job.lane, id: naming.id)
    ambiguous.insert(name)
    exposed = name
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
