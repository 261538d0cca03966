import Configuration
import Engine
import HTTP
import Journal
import MissionCore
import Ports
import PostgresDestination
import S3
import S3Store
import SQLiteDestination
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
    runID: String, journal: Journal, spool: SpoolStore, log: @escaping @Sendable (LogLevel, String) -> Void,
    broke: @escaping @Sendable (RunFailure) -> Void
  ) throws(CommandFailure) -> RunParts {
    let http = try Self.httpClient { broke(RunFailure(exitCode: .cannotWrite, message: $0.message)) }
    return RunParts(
      runID: runID, journal: journal, spool: spool,
      sources: [Self.sourceName: workerSource(http)], destination: try destination(), store: try store(http),
      http: http, order: plan.options.order,
      redactor: redactor, wall: context.now, log: log)
  }

  /// - Parameter onExhaustion: told when the machine gives no more of what every request needs.
  package static func httpClient(
    onExhaustion: (@Sendable (HTTPError) -> Void)? = nil
  ) throws(CommandFailure) -> CurlClient {
    do throws(HTTPError) { return try CurlClient(onExhaustion: onExhaustion) } catch {
      throw CommandFailure(.internalError, "libcurl cannot be used: \(error.message)")
    }
  }

  /// Without `sources:` in the configuration there is one, and it runs missions of every name.
  static let sourceName = "default"

  /// The source that sends jobs to the configured workers.
  func workerSource(_ http: any HTTPClient) -> WorkerSource {
    let settings = WorkerSettings(
      workers: configuration.activeWorkers.map { .init(endpoint: endpoint($0), capacity: $0.capacity) },
      sessions: sessionPolicy,
      proxies: (configuration.proxies ?? []).map { proxy in
        SessionProxy(
          server: proxy.server, username: Secret(proxy.username ?? ""),
          password: proxy.password ?? Secret(""),
          isActive: proxy.isActive)
      })
    return WorkerSource(settings) { client($0.endpoint, http) }
  }

  /// Talks to one worker.
  package func client(_ worker: Configuration.Worker, _ http: any HTTPClient) -> any WorkerAPI {
    client(endpoint(worker), http)
  }

  private func client(_ endpoint: WorkerEndpoint, _ http: any HTTPClient) -> any WorkerAPI {
    let now = context.now
    return WorkerClient(
      endpoint: endpoint, http: http, redactor: redactor, wallSeconds: { now().milliseconds / 1000 })
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
    return policy
  }

  private func endpoint(_ worker: Configuration.Worker) -> WorkerEndpoint {
    var endpoint = WorkerEndpoint(name: worker.name, url: worker.url.text, apiKey: worker.apiKey)
    endpoint.caFile = worker.caFile
    endpoint.connect = timeouts.connect
    endpoint.response = timeouts.response
    endpoint.stalled = timeouts.stalled
    endpoint.result = configuration.execution.timeoutJob
    endpoint.maxResultSize = configuration.execution.maxResultSize
    return endpoint
  }

  /// A destination that cannot be opened fails each load with the reason, so that what is scraped stays spooled.
  package func destination() throws(CommandFailure) -> any Destination {
    do throws(DestinationError) {
      switch configuration.storageDB.connectionString {
      case .sqlite(let path):
        return try SQLiteDestination(
          path: path, busyTimeout: timeouts.busy, statementTimeout: timeouts.statement)
      case .postgres(let connection): return try PostgresDestination(postgres(connection))
      }
    } catch {
      // Not the destination's fault: a thread for it cannot be had, and nothing that waits would ever be answered.
      if error.code == .destinationOther { throw CommandFailure(.internalError, error.message) }
      return UnusableDestination(reason: error)
    }
  }

  private func postgres(_ connection: PostgresConnection) -> PostgresSettings {
    var settings = PostgresSettings(connectionString: connection.text)
    settings.schema = configuration.storageDB.schema
    settings.caFile = configuration.storageDB.caFile
    settings.connectTimeout = timeouts.connect
    settings.statementTimeout = timeouts.statement
    settings.connectionLimit = min(plan.policy.maxConcurrency, PostgresSettings.mostConnections)
    settings.redactor = redactor
    return settings
  }

  /// Judged with the configuration, before anything is touched: libpq is there and understands the connection string.
  package static func requireDestination(_ configuration: Configuration) throws(CommandFailure) {
    guard case .postgres(let connection) = configuration.storageDB.connectionString else { return }
    do throws(DestinationError) {
      _ = try PostgresDestination(PostgresSettings(connectionString: connection.text))
    } catch {
      let advice = error.advice.map { ": \($0)" } ?? ""
      throw CommandFailure(.configuration, "\(error.message)\(advice)")
    }
  }

  /// The audit store. Nothing is asked of it yet.
  package func store(_ http: any HTTPClient) throws(CommandFailure) -> any AuditStore {
    let now = context.now
    let credentials = Self.credentials(configuration)
    let path = context.configPath
    let environment = context.environment
    do {
      let client = try S3Client(
        http: http, configuration: s3Configuration, credentials: credentials,
        clock: { now().milliseconds })
      return try S3Store(
        client: client, prefix: configuration.storageS3.prefix,
        credentials: {
          // Files of secrets may have been renewed since the start. A configuration that cannot be read now
          // leaves the credentials as they were, and the store says what it thinks of them.
          (try? Configuration.load(path: path, environment: environment)).map(Self.credentials) ?? credentials
        }, redactor: redactor, advice: s3Advice)
    } catch let error as AuditError where error.code == .internalError {
      throw CommandFailure(.internalError, error.message)
    } catch { throw CommandFailure(.configuration, "storage_s3: \(error)") }
  }

  private var s3Configuration: S3Configuration {
    let s3 = configuration.storageS3
    return S3Configuration(
      endpoint: s3.endpointURL, bucket: s3.bucket, region: s3.region,
      addressing: s3.addressing == .virtual ? .virtual : .path,
      // Where plain HTTP is allowed the configuration has judged already.
      allowPlain: true, caFile: s3.caFile,
      deadlines: HTTPDeadlines(connect: timeouts.connect, total: timeouts.upload, stalled: timeouts.stalled))
  }

  private var s3Advice: S3StoreAdvice {
    let s3 = configuration.storageS3
    var advice = S3StoreAdvice()
    advice.bucket = s3.bucket
    advice.prefix = s3.prefix
    advice.host = s3.endpoint?.host ?? s3.endpointURL
    advice.isPlainHTTP = s3.endpoint?.isPlainHTTP ?? false
    return advice
  }

  private static func credentials(_ configuration: Configuration) -> S3Credentials {
    let s3 = configuration.storageS3
    return S3Credentials(
      accessKey: s3.accessKey.reveal(), secretKey: s3.secretKey.reveal(),
      sessionToken: s3.sessionToken?.reveal())
  }
}

/// Stands for a destination that could not be opened.
private struct UnusableDestination: Destination, Inspectable {
  let reason: DestinationError

  var inspectable: (any Inspectable)? { self }

  func load(
    _ request: LoadRequest, reply: @escaping @Sendable (Result<LoadOutcome, DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func check(reply: @escaping @Sendable (Result<String, DestinationError>) -> Void) {
    reply(.failure(reason))
  }

  func inspect(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<[LoadedMission?], DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func digests(
    of missions: [MissionID], reply: @escaping @Sendable (Result<[String?], DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func missions(
    after: String?, limit: Int, reply: @escaping @Sendable (Result<[String], DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func compare(
    _ mission: MissionID, with result: SpooledResult,
    reply: @escaping @Sendable (Result<String?, DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func distrust(
    _ missions: [MissionID], reply: @escaping @Sendable (Result<Void, DestinationError>) -> Void
  ) { reply(.failure(reason)) }

  func close() {}
}
