import Foundation
import MissionCore
import Testing

@testable import Simulator

@Suite("The simulator's writer over a socket", .timeLimit(.minutes(5)))
struct WriterTests {
  private static let key = ["X-API-Key": "demo-key-writer"]
  private static let sha256 = String(repeating: "a", count: 64)

  /// Of `[1,2]`.
  private static let headers = key.merging([
    "Content-Digest": "sha-256=:SaZHF9XUyxmVLm6sKUZBXPaHmtrPmQjn2HIzLTLG5oQ=:", "Idempotency-Key": "k-1",
    "X-Mission-Sha256": sha256, "X-Mission-Date-Start": "2025-01-03",
  ]) { $1 }

  private func written(_ running: RunningSimulator) throws -> JSONValue {
    try JSONParser.parse(running.client().ask("GET", "/control/writer").body)
  }

  @Test("a mission is written, told, listed and removed; the same key again writes nothing")
  func flow() throws {
    let running = try RunningSimulator()
    let client = running.client()
    #expect(client.ask("GET", "/writer/health", Self.key).status == 200)
    #expect(client.ask("GET", "/writer/missions/m-1", Self.key).status == 404)
    #expect(client.ask("PUT", "/writer/missions/m-1", Self.headers, body: "[1,2]").status == 201)
    #expect(client.ask("PUT", "/writer/missions/m-1", Self.headers, body: "[1,2]").status == 200)
    let other = Self.headers.merging(["Idempotency-Key": "k-2"]) { $1 }
    #expect(client.ask("PUT", "/writer/missions/m-1", other, body: "[1,2]").status == 204)
    #expect(
      client.ask("GET", "/writer/missions/m-1", Self.key).text == #"{"sha256":"\#(Self.sha256)","rows":2}"#)
    #expect(try written(running)["m-1"]?["commits"]?.integer == 2)
    #expect(client.ask("PUT", "/writer/missions/m-2", Self.headers, body: "[1,2]").status == 201)
    let page = client.ask("GET", "/writer/missions?after=m-1&limit=5", Self.key)
    #expect(
      page.text == #"{"missions":[{"mission_id":"m-2","sha256":"\#(Self.sha256)","rows":2}]}"#)
    #expect(client.ask("DELETE", "/writer/missions/m-1", Self.key).status == 204)
    #expect(client.ask("DELETE", "/writer/missions/m-1", Self.key).status == 404)
    #expect(client.ask("GET", "/writer/missions?limit=1", Self.key).text.contains("m-2"))
  }

  @Test("without its key, its digest or a header nothing is written")
  func refusals() throws {
    let running = try RunningSimulator()
    let client = running.client()
    #expect(client.ask("PUT", "/writer/missions/m", [:], body: "[1,2]").status == 401)
    #expect(client.ask("PUT", "/writer/missions/m", Self.headers, body: "[1,3]").status == 400)
    let nameless = Self.headers.filter { $0.key != "Idempotency-Key" }
    #expect(client.ask("PUT", "/writer/missions/m", nameless, body: "[1,2]").status == 422)
    #expect(client.ask("GET", "/writer/missions", Self.key).status == 422)
    #expect(client.ask("GET", "/writer/nowhere", Self.key).status == 404)
    #expect(client.ask("GET", "/control/writer").text == "{}")
  }

  @Test("rules see its requests by their names and days: written and then not answered, or refused")
  func faults() throws {
    let running = try RunningSimulator()
    let client = running.client()
    running.script(
      #"""
      {"match": {"request": "PUT /writer/missions/*", "date": "2025-01-03"}, "do": {"status": 503, "perform": true}, "times": 1}
      {"match": {"request": "GET /writer/missions/*"}, "do": {"status": 405}}
      """#)
    #expect(client.ask("PUT", "/writer/missions/m", Self.headers, body: "[1,2]").status == 503)
    #expect(try written(running)["m"]?["commits"]?.integer == 1)
    #expect(client.ask("PUT", "/writer/missions/m", Self.headers, body: "[1,2]").status == 200)
    #expect(client.ask("GET", "/writer/missions/m", Self.key).status == 405)
    #expect(client.ask("GET", "/writer/missions?limit=1", Self.key).status == 200)
  }
}
