import MissionCore
import Ports

/// What every source must do. An implementation's tests make one of these and run its checks, which throw a
/// `BrokenRule` that says which one is not kept.
package struct SourceConformance {
  private let site: any SourceSite
  private let lane: String

  package init(_ site: any SourceSite) {
    self.site = site
    lane = site.source.lanes.first?.name ?? ""
  }

  /// One check after the other, each with jobs of its own.
  package func runAll() async throws {
    try namesItsLanes()
    try await completes()
    try await isEmpty()
    try await tellsRunningFromEnded()
    try await tellsWhyAJobFailed()
    try await cancels()
    try await doesNotKnowStrangers()
    try await asksAfterALostAnswer()
    try await reachesNobody()
    try await isHealthy()
  }

  func namesItsLanes() throws {
    let names = site.source.lanes.map(\.name)
    try require(!names.isEmpty && Set(names).count == names.count, "lanes have names of their own: \(names)")
    try require(site.source.lanes.allSatisfy { $0.capacity > 0 }, "every lane takes missions")
  }

  func completes() async throws {
    let job = try await started(.completes, mission: 1)
    let look = try await ended(job)
    try require(look == .completed(JobFate.result), "a result is spooled byte for byte: \(look)")
  }

  func isEmpty() async throws {
    let job = try await started(.isEmpty, mission: 2)
    let look = try await ended(job)
    try require(look == .completed(JobFate.emptyResult), "no record is a result: \(look)")
  }

  func tellsRunningFromEnded() async throws {
    let job = try await started(.runs, mission: 3)
    for _ in 1...2 {
      guard case .waiting = try await look(job).get() else {
        throw BrokenRule("a job that runs is waited for, however often it is looked at")
      }
    }
    _ = await cancel(job)
  }

  func tellsWhyAJobFailed() async throws {
    let job = try await started(.fails, mission: 4)
    guard case .failed(let message) = try await ended(job), message.plain.contains("broken") else {
      throw BrokenRule("a job that failed tells why")
    }
  }

  func cancels() async throws {
    let job = try await started(.runs, mission: 5)
    try require(await cancel(job), "a cancel is confirmed")
    if case .success(.waiting) = await look(job) { throw BrokenRule("a cancelled job runs on") }
    try require(await cancel(job), "to cancel what runs no more is to have cancelled it")
  }

  func doesNotKnowStrangers() async throws {
    guard case .failure(let failure) = await look(job("nobody", mission: 6)) else {
      throw BrokenRule("a job that was never started is looked at without a failure")
    }
    try require(failure.kind == .notFound, "a job that nobody knows is told apart: \(failure)")
  }

  func asksAfterALostAnswer() async throws {
    try await makeReady()
    site.prepare(.losesAnswer)
    guard case .failure(let failure) = await start(mission: 7) else {
      throw BrokenRule("a start without an answer has a job")
    }
    try require([.again, .mismatch].contains(failure.kind), "it is told that a job may run: \(failure)")
    switch await find(mission: 7) {
    case .success(.notStarted):
      try require(site.repeatsSafely, "a job runs, and the source says that none was started")
    case .success(.found(let id, let kept)): try await isItsOwn(job(id, kept, mission: 7))
    default: break
    }
    site.prepare(.losesStart)
    try await makeReady()
    guard case .failure = await start(mission: 8) else { throw BrokenRule("a lost start has a job") }
    _ = try await find(mission: 8).get()
  }

  /// A job that is found runs, and is not found where it belongs to an earlier start.
  private func isItsOwn(_ job: SourceJob) async throws {
    guard case .success(.waiting) = await look(job) else { throw BrokenRule("a job that was found runs") }
    if case .success(.found(job.id, _)) = await find(mission: 7, known: [job.id]) {
      throw BrokenRule("a job of an earlier start is passed over")
    }
    try require(await cancel(job), "a job that was found is cancelled as any other")
  }

  func reachesNobody() async throws {
    guard let unreachable = site.unreachable else { return }
    guard case .failure(let failure) = await start(mission: 9, on: unreachable) else {
      throw BrokenRule("a job is started where nobody is")
    }
    try require([.unreachable, .unavailable].contains(failure.kind), "nothing was started: \(failure)")
  }

  func isHealthy() async throws {
    for check in site.source.health {
      guard case .passed = await outcome(check) else { throw BrokenRule("\(check.name) is well") }
    }
    for check in site.unreachable?.health ?? [] {
      guard case .failed(let message, let advice) = await outcome(check), !message.isEmpty, !advice.isEmpty
      else {
        throw BrokenRule("\(check.name) cannot be reached, and it is told what to do")
      }
    }
  }
}

// MARK: The verbs, one after the other

extension SourceConformance {
  private func id(_ mission: Int) -> MissionID { MissionID(high: 7, low: UInt64(mission)) }

  private func request(_ mission: Int) -> MissionStart {
    let day = CalendarDay(daysSinceEpoch: Int32(20_000 + mission))
    return MissionStart(
      mission: id(mission),
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
      attempt: 1, runID: "run-1", token: MissionStart.token(UInt64(mission)))
  }

  private func start(
    mission: Int, on source: (any MissionSource)? = nil
  ) async -> Result<StartOutcome, SourceFailure> {
    await withCheckedContinuation { continuation in
      (source ?? site.source).start(request(mission), on: lane, into: site.spool) {
        continuation.resume(returning: $0)
      }
    }
  }

  private func find(
    mission: Int, known: [String] = []
  ) async -> Result<StartFinding, SourceFailure> {
    await withCheckedContinuation { continuation in
      site.source.find(request(mission), on: lane, known: known) { continuation.resume(returning: $0) }
    }
  }

  private func look(_ job: SourceJob) async -> Result<JobLook, SourceFailure> {
    await withCheckedContinuation { continuation in
      site.source.look(at: job, into: site.spool, atMost: .milliseconds(10)) {
        continuation.resume(returning: $0)
      }
    }
  }

  private func cancel(_ job: SourceJob) async -> Bool {
    await withCheckedContinuation { continuation in
      site.source.cancel(job) { continuation.resume(returning: $0) }
    }
  }

  private func outcome(_ check: HealthCheck) async -> HealthOutcome {
    await withCheckedContinuation { continuation in check.run { continuation.resume(returning: $0) } }
  }

  private func started(_ fate: JobFate, mission: Int) async throws -> SourceJob {
    try await makeReady()
    site.prepare(fate)
    guard case .job(let id, let kept) = try await start(mission: mission).get() else {
      throw BrokenRule("a start of a source with jobs tells its job")
    }
    return job(id, kept, mission: mission)
  }

  private func job(_ id: String, _ kept: KeptValues = KeptValues(), mission: Int) -> SourceJob {
    SourceJob(id: id, lane: lane, kept: kept, start: request(mission))
  }

  /// Looks until the job has ended.
  private func ended(_ job: SourceJob) async throws -> JobLook {
    for _ in 1...10_000 {
      let seen = try await look(job).get()
      if case .waiting = seen { continue }
      return seen
    }
    throw BrokenRule("a job that has ended is waited for")
  }

  /// Does what the lane's rules ask for until a mission may start there. Waits go by at once.
  private func makeReady() async throws {
    guard let sessions = site.source.sessions else { return }
    var machine = sessions.machine(for: site.source.lanes, resuming: KeptSessions())
    var random = SeededRandom(seed: 1)
    var now: Duration = .zero
    var events: [LaneEvent] = [.missionAssigned(id(0))]
    for _ in 1...1_000 {
      guard !events.isEmpty else { break }
      let moment = LaneMoment(now: now, wall: Timestamp(milliseconds: 1_700_000_000_000))
      for action in machine.handle(events.removeFirst(), of: 0, at: moment, random: &random) {
        switch action {
        case .grant: return
        case .ask(let request):
          events.append(
            .answered(
              await withCheckedContinuation { continuation in
                sessions.perform(request, on: lane) { continuation.resume(returning: $0) }
              }))
        case .setTimer(let wait):
          now += wait
          events.append(.timerFired)
        case .fail(_, let failure): throw failure
        default: break
        }
      }
    }
    throw BrokenRule("\(lane) does not become ready")
  }

  private func require(_ isKept: Bool, _ rule: String) throws {
    if !isKept { throw BrokenRule(rule) }
  }
}

/// A rule of the conformance suite that a source does not keep.
package struct BrokenRule: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
