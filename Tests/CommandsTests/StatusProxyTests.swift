import Configuration
import KeyTable
import MissionCore
import Testing

@testable import Commands
@testable import Journal

@Suite("status: proxies", .timeLimit(.minutes(5)))
struct StatusProxyTests {
  private let now = Timestamp(milliseconds: 10_000_000_000)

  private func proxies(_ text: String, _ failed: [String: Double]) throws -> [StatusProxy] {
    let file = """
      workers: [{name: w, url: "https://w", api_key: k}]
      storage_db: {connection_string: "sqlite:x"}
      storage_s3: {bucket: b, access_key: a, secret_key: s}
      proxies: \(text)
      """
    let source = ConfigurationSource(environment: [:]) { _, _ in .success(Array(file.utf8)) }
    let configured = try Configuration.load(path: "config.yaml", source: source).proxies ?? []
    let records = failed.map { server, count in
      ProxyRecord(
        server: server, failures: 9, lastUsedAt: now, recentFailures: ProxyFailures(count: count, lastAt: now)
      )
    }
    return StatusProxy.all(configured, records, now: now)
  }

  @Test("a proxy rests while others have fewer failures, rounded; an inactive one says so")
  func resting() throws {
    let all = try proxies(
      "[{server: 'a:1'}, {server: 'b:1'}, {server: 'c:1'}, {server: 'd:1', active: false}]",
      ["a:1": 2.2, "b:1": 0.4, "d:1": 0])
    #expect(all.map(\.server) == ["a:1", "b:1", "c:1", "d:1"])
    #expect(all.map(\.failures) == [2, 0, 0, 0])
    #expect(all.map(\.resting) == [.failed(2), nil, nil, .inactive])
    #expect(
      all.map { $0.resting?.words(.english) } == [
        "2 recent failures, others have fewer", nil, nil, "not active",
      ])
    #expect(all.map(\.lastUsedAt) == [now, now, nil, now])
  }

  @Test("when all have failed alike none rests; an inactive one that never failed makes no other rest")
  func allAlike() throws {
    let all = try proxies(
      "[{server: 'a:1'}, {server: 'b:1'}, {server: 'c:1', active: false}]", ["a:1": 1, "b:1": 1.3])
    #expect(all.map(\.resting) == [nil, nil, .inactive])
  }
}
