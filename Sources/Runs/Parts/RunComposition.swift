import Configuration
import Engine
import HTTP
import JSONStream
import Journal
import Kind
import MissionCore
import Ports
import Spool
import WorkerSource

/// Builds the real parts of a run from the configuration. Nothing is sent yet.
package struct RunComposition {
  /// What is composed.
  package let plan: RunPlan
  /// The program around it.
  package let context: RunContext
  let redactor: Redactor

  package init(
    plan: RunPlan, context: RunContext, redactor: Redactor
  ) {
    self.plan = plan
    self.context = context
    self.redactor = redactor
  }

  private var configuration: Configuration { plan.configuration }
  private var timeouts: Configuration.Timeouts { configuration.execution.timeouts }

  /// - Parameter broke: told when the machine gives no more of what every request needs.
  func parts(
    runID: String, journal: Journal, spool: SpoolStore, broke: @escaping @Sendable (RunFailure) -> Void
  ) throws(CommandFailure) -> RunParts {
    let http = try Self.httpClient {
      broke(RunFailure(exitCode: .cannotWrite, message: $0.message))
    }
    return RunParts(
      runID: runID, journal: journal, spool: spool,
      sources: try sources(http, forRun: true) { [context] in context.log.write($0, $1) },
      destination: try destination(http),
      store: try store(http), workFolder: plan.workFolder, places: places, http: http,
      order: plan.options.order, wall: context.now, log: context.log)
  }

  /// - Parameter onExhaustion: told when the machine gives no more of what every request needs.
  package static func httpClient(
    onExhaustion: (@Sendable (HTTPError) -> Void)? = nil
  ) throws(CommandFailure) -> CurlClient {
    do throws(HTTPError) { return try CurlClient(onExhaustion: onExhaustion) } catch {
      throw CommandFailure(.internalError, "libcurl cannot be used: \(error)")
    }
  }

  /// Where missions run, and whose. Sections that share a source, as all workers do, are routes of it.
  package func sources(
    _ http: any HTTPClient, forRun: Bool = false,
    log: @escaping @Sendable (LogLevel, Message) -> Void = { _, _ in }
  ) throws(CommandFailure) -> [RunSource] {
    var opening = sourceOpening(http)
    opening.log = log
    opening.mustBeUsable = forRun
    guard let sections = configuration.sources else {
      // Missions of every name run on every worker.
      let lanes = opening.workers.lanes.map(\.name)
      return [
        RunSource(
          name: WorkerSection.engineName, source: opening.workers,
          routes: [SourceRoute(missions: .every, lanes: lanes, policy: configuration.policy(of: nil))])
      ]
    }
    var sources: [RunSource] = []
    for section in sections {
      let opened = try Self.opened { () throws(OpeningFailure) in
        try section.value.open(section.name, opening)
      }
      let route = SourceRoute(
        missions: .only(section.name), lanes: opened.lanes, policy: configuration.policy(of: section.value))
      if let index = sources.firstIndex(where: { $0.name == opened.name }) {
        sources[index].routes.append(route)
      } else {
        sources.append(RunSource(name: opened.name, source: opened.source, routes: [route]))
      }
    }
    return sources
  }

  private func sourceOpening(_ http: any HTTPClient) -> SourceOpening {
    var opening = SourceOpening(
      http: http, redactor: redactor, now: context.now, workers: workerSource(http))
    opening.tell = { [context] in context.log.warning($0) }
    opening.environment = context.environment
    opening.workFolder = plan.workFolder
    opening.connect = timeouts.connect
    opening.response = timeouts.response
    opening.stalled = timeouts.stalled
    opening.timeout = configuration.execution.timeoutJob
    opening.maxResultSize = configuration.execution.maxResultSize
    return opening
  }

  private func workerSource(_ http: any HTTPClient) -> WorkerSource {
    var settings = WorkerSettings(
      workers: configuration.activeWorkers.map { .init(endpoint: endpoint($0), capacity: $0.capacity) },
      sessions: sessionPolicy,
      proxies: (configuration.proxies ?? []).map { proxy in
        SessionProxy(
          server: proxy.server, username: Secret(proxy.username ?? ""),
          password: proxy.password ?? Secret(""), isActive: proxy.isActive)
      })
    settings.proxyProbe.url = configuration.execution.proxyCheckURL?.text
    settings.proxyProbe.shownURL = configuration.execution.proxyCheckURL?.maskedText ?? ""
    settings.proxyProbe.connect = timeouts.connect
    settings.proxyProbe.response = timeouts.response
    return WorkerSource(settings, http: http, redactor: redactor, now: context.now)
  }

  private var sessionPolicy: SessionPolicy {
    let execution = configuration.execution
    var policy = SessionPolicy()
    policy.refreshInterval = execution.refreshInterval
    policy.timeoutSession = execution.timeoutSession
    policy.sessionInitial = execution.polling.sessionInitial
    policy.sessionInterval = execution.polling.session
    policy.jobInterval = execution.polling.job
    policy.usesProxies = configuration.proxies != nil
    policy.leavesOthers = true
    return policy
  }

  private func endpoint(_ worker: Configuration.Worker) -> WorkerEndpoint {
    var endpoint = WorkerEndpoint(name: worker.name, url: worker.url.text, apiKey: worker.apiKey)
    endpoint.shownURL = worker.url.maskedText
    endpoint.host = worker.url.host
    endpoint.isPlainHTTP = worker.url.isPlainHTTP
    endpoint.caFile = worker.caFile
    endpoint.connect = timeouts.connect
    endpoint.response = timeouts.response
    endpoint.stalled = timeouts.stalled
    endpoint.result = configuration.execution.timeoutJob
    endpoint.maxResultSize = configuration.execution.maxResultSize
    return endpoint
  }

  /// A destination that cannot be opened fails each load with the reason, so that what is scraped stays spooled.
  package func destination(_ http: any HTTPClient) throws(CommandFailure) -> any Destination {
    if let other = configuration.otherDestination {
      do throws(DestinationError) { return try other.open(opening(http)) } catch {
        throw CommandFailure(.internalError, error.message)
      }
    }
    let storage = configuration.storageDB
    guard let database = storage.database else {
      throw CommandFailure(.internalError, "the configuration was not read for working")
    }
    do throws(DestinationError) {
      return try database.open(
        DatabasePlace(schema: storage.schema, caFile: storage.caFile), opening(http))
    } catch {
      // Not the destination's fault: a thread for it cannot be had, and nothing that waits would ever be answered.
      if error.code == .destinationOther { throw CommandFailure(.internalError, error.message) }
      return UnusableDestination(reason: error)
    }
  }

  /// Judged with the configuration, before anything is touched.
  package static func requireDestination(_ configuration: Configuration) throws(CommandFailure) {
    do throws(DestinationError) { try configuration.storageDB.database?.requireUsable() } catch {
      throw CommandFailure(.configuration, error.stepFailure.failure.message)
    }
  }

  /// Every table that records may go to.
  package var recordTables: [RecordTable] { configuration.recordTables }

  /// What keys of objects begin with where a source names it.
  package var prefixes: [String] { configuration.prefixes }

  /// Where what a source brings goes, by the source's name.
  package var places: @Sendable (String) -> SourcePlaces {
    let configuration = configuration
    return { configuration.places(ofSource: $0) }
  }

  /// The audit store. Nothing is asked of it yet.
  package func store(_ http: any HTTPClient) throws(CommandFailure) -> any AuditStore {
    try Self.opened { () throws(OpeningFailure) in try configuration.store.open(opening(http)) }
  }

  private static func opened<Part>(
    _ open: () throws(OpeningFailure) -> Part
  ) throws(CommandFailure) -> Part {
    do throws(OpeningFailure) { return try open() } catch {
      switch error {
      case .configuration(let why): throw CommandFailure(.configuration, why)
      case .noThread(let why): throw CommandFailure(.internalError, why)
      }
    }
  }

  private func opening(_ http: any HTTPClient) -> Opening {
    let path = context.configPath
    let environment = context.environment
    let shard = configuration.shard
    var opening = Opening(
      http: http, redactor: redactor, now: context.now,
      renewedStore: { try? Configuration.load(path: path, environment: environment, shard: shard).store })
    opening.connect = timeouts.connect
    opening.statement = timeouts.statement
    opening.busy = timeouts.busy
    opening.missionsAtOnce = plan.policy.maxConcurrency
    opening.stalled = timeouts.stalled
    opening.upload = timeouts.upload
    return opening
  }
}

/// Stands for a destination that could not be opened.
private struct UnusableDestination: Destination, Inspectable {
  let reason: DestinationError

  var inspectable: (any Inspectable)? { self }

  func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func check(
    _ tables: [RecordTable], reply: @escaping @Sendable (Result<Message, DestinationError>) -> Void
  ) {
    reply(.failure(reason))
  }

  func inspect(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func ledgers(
    of missions: [MissionID],
    reply: @escaping @Sendable (Result<[LoadedMission.Ledger?], DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func compare(
    _ mission: MissionID, with result: SpooledResult, id: JSONPointer,
    reply: @escaping @Sendable (Result<Message?, DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func distrust(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func close() {}
}
