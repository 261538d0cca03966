import HTTP
import MissionCore
import Ports
import SourceSuite
import Spool
import TestSupport
import Testing

@testable import HTTPSource

@Suite("an API as a source", .timeLimit(.minutes(5)))
struct HTTPConformanceTests {
  private struct Site: SourceSite {
    let jobs: LoopbackJobs
    let source: any MissionSource
    let unreachable: (any MissionSource)?
    let spool: any ResultSpool

    func prepare(_ fate: JobFate) { jobs.prepare(fate) }
  }

  @Test("keeps every rule of a source", arguments: ["again", "once"])
  func conformance(send: String) async throws {
    let folder = TemporaryFolder()
    let store = try SpoolStore(directory: folder.path)
    let jobs = LoopbackJobs()
    let server = LoopbackServer { connection in
      if let request = connection.readRequest() { connection.send(jobs.answer(request.text)) }
    }
    defer {
      server.stop()
      store.close()
    }
    let http = try CurlClient()
    let site = Site(
      jobs: jobs, source: try Sections.source(Sections.jobs(server.url, send: send), http),
      unreachable: try Sections.source(Sections.jobs("http://127.0.0.1:9", send: send), http),
      spool: SpoolIntake(store) { _ in })
    try await SourceConformance(site).runAll()
  }
}
