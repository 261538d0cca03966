import HTTP
import MissionCore
import Ports
import Threads

/// Workers as one source of missions (SPEC 7): each is a lane, with a session that is opened before jobs run in it.
package struct WorkerSource: MissionSource {
  package let lanes: [SourceLane]
  private let settings: WorkerSettings
  private let http: any HTTPClient
  private let redactor: Redactor
  private let now: @Sendable () -> Timestamp
  private let clients: [String: WorkerClient]
  private let reader: JobAnswerReader

  /// Nothing is sent yet.
  /// - Parameter now: for a `Retry-After` that is a date.
  package init(
    _ settings: WorkerSettings, http: any HTTPClient, redactor: Redactor,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.settings = settings
    self.http = http
    self.redactor = redactor
    self.now = now
    reader = JobAnswerReader(masking: redactor)
    // A session takes no more missions than it is refreshed after.
    lanes = settings.workers.map {
      SourceLane(
        name: $0.endpoint.name, capacity: $0.capacity, together: settings.sessions.refreshInterval)
    }
    let named = settings.workers.map { worker in
      let client = WorkerClient(
        endpoint: worker.endpoint, http: http, redactor: redactor,
        wallSeconds: { now().milliseconds / 1000 })
      return (worker.endpoint.name, client)
    }
    clients = Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  package var sessions: (any LaneSessions)? { WorkerSessions(settings: settings, clients: clients) }

  package var health: [HealthCheck] {
    let workers = settings.workers.compactMap { worker in
      clients[worker.endpoint.name].map { WorkerHealth(endpoint: worker.endpoint, client: $0).check }
    }
    let proxies = settings.proxies.filter(\.isActive).map {
      ProxyHealth(proxy: $0, probe: settings.proxyProbe, http: http).check
    }
    return workers + proxies
  }

  package func contract(of lane: String) -> [ContractStep] {
    guard let worker = settings.workers.first(where: { $0.endpoint.name == lane }) else { return [] }
    let yesterday = now().day.adding(days: -1)
    return WorkerContract(
      ContractTalk(endpoint: worker.endpoint, http: http, redactor: redactor), policy: settings.sessions,
      proxy: settings.proxies.first(where: \.isActive),
      scrape: MissionParameters(
        dateStart: yesterday, dateEnd: yesterday, mediaType: .all, languages: ["pt", "eng"])
    ) { Moment.sleep(for: $0) }.steps
  }

  package func start(
    _ start: MissionStart, on lane: String, into spool: any ResultSpool,
    reply: @escaping @Sendable (Result<StartOutcome, SourceFailure>) -> Void
  ) {
    clients[lane]?.startJob(start.parameters) { reply($0.map { .job(id: $0) }) }
  }

  /// The session tells whether a job runs in it, but not whose.
  package func find(
    _ start: MissionStart, on lane: String, known: [String],
    reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) {
    let isShared = lanes.contains { $0.name == lane && $0.capacity > 1 }
    clients[lane]?.sessionStatus { reply($0.map { $0.finding(isShared: isShared) }) }
  }

  package func look(
    at job: SourceJob, into spool: any ResultSpool, atMost wait: Duration,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    let mission = job.start.mission
    clients[job.lane]?.job(job.id, spillPath: spool.partPath(for: mission)) { [reader] answer in
      switch answer {
      case .failure(let failure): reply(.failure(failure))
      case .success(.memory(let bytes)): spool.ingest(.memory(bytes), of: mission, as: reader, reply: reply)
      case .success(.file(let path, let size)):
        spool.ingest(.file(path: path, size: size), of: mission, as: reader, reply: reply)
      }
    }
  }

  package func cancel(_ job: SourceJob, reply: @escaping @Sendable (_ isConfirmed: Bool) -> Void) {
    clients[job.lane]?.cancelJob(job.id) { answer in
      var isConfirmed = true
      // 404: the worker does not know the job, so it does not run.
      if case .failure(let failure) = answer, failure.kind != .notFound { isConfirmed = false }
      reply(isConfirmed)
    }
  }
}
