import MissionCore

/// A job as its worker names it.
struct JobName: Hashable {
  let worker: String
  let id: String

  init(worker: String, id: String) {
    self.worker = worker
    self.id = id
  }

  /// The job that the journal knows of a mission.
  init?(_ record: MissionRecord) {
    guard let worker = record.worker, let id = record.jobID else { return nil }
    self.init(worker: worker, id: id)
  }
}

/// Which mission each job on the workers is taken for. A worker that restarted may number its jobs anew: then one name
/// stands for the jobs of two missions, and nobody knows whose it is.
struct JobHolders {
  enum Claim: Hashable {
    case own
    /// Nobody's any more; with the mission that held it until now.
    case shared(with: MissionID?)
  }

  private var holders: [JobName: MissionID] = [:]
  /// Given to two missions: nobody's until the session in which it may run has ended.
  private var ambiguous: Set<JobName> = []
  private var namings: [String: JobNaming] = [:]
  private var exposed: JobName?

  mutating func claim(_ job: JobName, for mission: MissionID) -> Claim {
    note(job) { $0.note(job.id) }
    if namings[job.worker]?.isNameless == true { return .own }
    if ambiguous.contains(job) { return .shared(with: nil) }
    guard let holder = holders[job], holder != mission else {
      holders[job] = mission
      return .own
    }
    holders[job] = nil
    ambiguous.insert(job)
    namings[job.worker]?.hasRepeated = true
    return .shared(with: holder)
  }

  /// Whether the worker gets one job at a time, because every job had the same id and two of them at once could not be
  /// told apart.
  func takesOneJob(_ worker: String) -> Bool { namings[worker]?.takesOneJob ?? false }

  /// Takes note of what a job brought.
  mutating func completed(_ job: JobName, with result: ScrapedResult) { note(job) { $0.note(result) } }

  /// The name that stood for any job until the worker showed that its jobs differ: all that are under way under it are
  /// nobody's. Told once.
  mutating func takeExposed() -> JobName? {
    defer { exposed = nil }
    return exposed
  }

  private mutating func note(_ job: JobName, _ change: (inout JobNaming) -> Void) {
    var naming = namings[job.worker] ?? JobNaming(id: job.id)
    let wasNameless = naming.isNameless
    change(&naming)
    namings[job.worker] = naming
    guard wasNameless, !naming.isNameless else { return }
    let name = JobName(worker: job.worker, id: naming.id)
    ambiguous.insert(name)
    exposed = name
  }

  /// Its job has ended, or ends with its session.
  mutating func release(_ job: JobName, by mission: MissionID) {
    if holders[job] == mission { holders[job] = nil }
  }

  mutating func sessionIsGone(_ worker: String) {
    if !ambiguous.isEmpty { ambiguous = ambiguous.filter { $0.worker != worker } }
  }

  /// The jobs that more than one of these missions have.
  static func repeated(in records: [MissionRecord]) -> Set<JobName> {
    var seen: Set<JobName> = []
    return Set(records.compactMap { JobName($0) }.filter { !seen.insert($0).inserted })
  }
}
