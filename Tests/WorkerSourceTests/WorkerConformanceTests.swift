import HTTP
import MissionCore
import Ports
import SourceSuite
import Spool
import TestSupport
import Testing

@testable import WorkerSource

@Suite("workers as a source", .timeLimit(.minutes(5)))
struct WorkerConformanceTests {
  private struct Site: SourceSite {
    let worker: LoopbackWorker
    let source: any MissionSource
    let unreachable: (any MissionSource)?
    let spool: any ResultSpool

    func prepare(_ fate: JobFate) { worker.prepare(fate) }
  }

  private static func source(_ url: String, capacity: Int, _ http: any HTTPClient) -> WorkerSource {
    let endpoint = WorkerEndpoint(name: "worker-1", url: url, apiKey: Secret(Worker.key))
    let settings = WorkerSettings(
      workers: [.init(endpoint: endpoint, capacity: capacity)], sessions: SessionPolicy(), proxies: [])
    return WorkerSource(settings, http: http, redactor: .none) { Timestamp(milliseconds: Worker.now * 1000) }
  }

  @Test("keep every rule of a source", arguments: [1, 3])
  func conformance(capacity: Int) async throws {
    let folder = TemporaryFolder()
    let store = try SpoolStore(directory: folder.path)
    let worker = LoopbackWorker()
    let server = LoopbackServer { connection in
      if let request = connection.readRequest() { connection.send(worker.answer(request.text)) }
    }
    defer {
      server.stop()
      store.close()
    }
    let http = try CurlClient()
    let site = Site(
      worker: worker, source: Self.source(server.url, capacity: capacity, http),
      unreachable: Self.source("http://127.0.0.1:9", capacity: capacity, http),
      spool: SpoolIntake(store) { _ in })
    try await SourceConformance(site).runAll()
  }
}
