import HTTP
import MissionCore
import Ports

/// Workers as one source of missions (SPEC 7): each is a lane, with a session that is opened before jobs run in it.
package struct WorkerSource: MissionSource {
  package let lanes: [SourceLane]
  private let settings: WorkerSettings
  private let clients: [String: any WorkerAPI]

  /// - Parameter client: makes the client of one worker.
  package init(_ settings: WorkerSettings, client: (WorkerSettings.Worker) -> any WorkerAPI) {
    self.settings = settings
    lanes = settings.workers.map { SourceLane(name: $0.endpoint.name, capacity: $0.capacity) }
    let named = settings.workers.map { ($0.endpoint.name, client($0)) }
    clients = Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  package var sessions: (any LaneSessions)? { WorkerSessions(settings: settings, clients: clients) }

  package func start(
    _ start: MissionStart, on lane: String,
    reply: @escaping @Sendable (Result<String, SourceFailure>) -> Void
  ) {
    clients[lane]?.startJob(start.parameters, reply: reply)
  }

  /// The session tells whether a job runs in it, but not whose.
  package func find(
    _ start: MissionStart, on lane: String,
    reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) {
    let isShared = lanes.contains { $0.name == lane && $0.capacity > 1 }
    clients[lane]?.sessionStatus { reply($0.map { $0.finding(isShared: isShared) }) }
  }

  package func look(
    at job: SourceJob, of mission: MissionID, into spool: any ResultSpool,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    clients[job.lane]?.job(job.id, spillPath: spool.partPath(for: mission)) { answer in
      switch answer {
      case .failure(let failure): reply(.failure(failure))
      case .success(.memory(let bytes)): spool.ingest(.memory(bytes), of: mission, reply: reply)
      case .success(.file(let path, let size)):
        spool.ingest(.file(path: path, size: size), of: mission, reply: reply)
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

/// What the configuration says about workers and their proxies.
package struct WorkerSettings: Sendable {
  package struct Worker: Sendable {
    package let endpoint: WorkerEndpoint
    /// Jobs at once.
    package let capacity: Int

    package init(endpoint: WorkerEndpoint, capacity: Int) {
      self.endpoint = endpoint
      self.capacity = capacity
    }
  }

  package var workers: [Worker]
  package var sessions: SessionPolicy
  /// All that are configured; an inactive one is never chosen, but an earlier run's session may go through it.
  package var proxies: [SessionProxy]

  package init(workers: [Worker], sessions: SessionPolicy, proxies: [SessionProxy]) {
    self.workers = workers
    self.sessions = sessions
    self.proxies = proxies
  }
}
