import MissionCore
import Testing

@testable import Simulator

@Suite("Fault scripts", .timeLimit(.minutes(5)))
struct FaultScriptTests {
  private func script(_ text: String) throws -> FaultScript {
    FaultScript(try FaultScript.parse(Array(text.utf8)))
  }

  private func facts(_ kind: RequestKind, worker: String = "worker-1", day: String = "2025-01-05")
    -> RequestFacts
  {
    var facts = RequestFacts(kind)
    facts.worker = worker
    let date = CalendarDay(day)!
    facts.parameters = MissionParameters(dateStart: date, dateEnd: date, mediaType: .video, languages: ["pt"])
    return facts
  }

  private func problem(_ text: String) -> String? {
    do throws(ScriptProblem) {
      _ = try FaultScript.parse(Array(text.utf8))
      return nil
    } catch { return error.description }
  }

  @Test("a rule with nth strikes that request alone, counted among those that match otherwise")
  func nth() throws {
    let script = try script(
      #"{"match":{"worker":"worker-1","request":"POST /scrape","nth":3},"do":{"status":503,"retry_after":2}}"#
    )
    #expect(script.fault(for: facts(.startJob)) == nil)
    #expect(script.fault(for: facts(.startJob, worker: "worker-2")) == nil)
    #expect(script.fault(for: facts(.jobStatus)) == nil)
    #expect(script.fault(for: facts(.startJob)) == nil)
    #expect(script.fault(for: facts(.startJob))?.retryAfter == "2")
    #expect(script.fault(for: facts(.startJob)) == nil)
  }

  @Test("a rule with times strikes so often; the first rule that applies decides")
  func times() throws {
    let script = try script(
      """
      # two refusals, then something else
      {"match":{"request":"GET /scrape/*"},"do":{"status":500},"times":2}

      {"match":{"request":"GET"},"do":{"status":429}}
      """)
    #expect((0..<3).map { _ in script.fault(for: facts(.jobStatus))?.status } == [500, 500, 429])
  }

  @Test("running strikes a start on a worker that has so many jobs, and nothing else")
  func running() throws {
    let script = try script(#"[{"match":{"running":2},"do":{"status":503}}]"#)
    func starting(beside count: Int) -> RequestFacts {
      var facts = facts(.startJob)
      facts.runningJobs = count
      return facts
    }
    #expect([1, 2, 3].map { script.fault(for: starting(beside: $0))?.status } == [nil, 503, 503])
    #expect(script.fault(for: facts(.jobStatus)) == nil)
  }

  @Test("every strikes each so-manieth; a date is read from the mission or from the key")
  func everyAndDate() throws {
    let script = try script(#"[{"match":{"date":"2025-01-05","every":2},"do":{"reset":true}}]"#)
    #expect(script.fault(for: facts(.startJob, day: "2025-01-06")) == nil)
    #expect(script.fault(for: facts(.startJob)) == nil)
    var put = RequestFacts(.putObject)
    put.key = "scrapes/2025-01-05/x.json"
    #expect(script.fault(for: put)?.delivery.isReset == true)
  }

  @Test(
    "a rule that could never do anything is refused with its place",
    arguments: [
      (#"[{"do":{"status":500}},{"do":{"stauts":500}}]"#, "rule 2: do.stauts is not known"),
      (
        #"{"match":{"wroker":"a"},"do":{"reset":true}}"#,
        "line 1: match.wroker is not known or of the wrong type"
      ),
      (#"{"match":{},"times":1}"#, "line 1: do is missing"),
      (#"{"do":{}}"#, "line 1: do must be an object with members"),
      (#"{"do":{"status":"x"}}"#, "line 1: do.status must be a number 100...999"),
      (#"{"do":{"drip":"fast"}}"#, "line 1: do.drip must be like 10B/s"),
      ("{", "line 1: byte 1: a member name is expected"),
    ])
  func refused(text: String, reason: String) {
    #expect(problem(text) == reason)
  }

  @Test("a request that no server answers is refused")
  func unknownRequest() {
    #expect(
      problem(#"{"match":{"request":"POST /srcape"},"do":{"status":500}}"#)?.contains("never matches") == true
    )
    for pattern in [
      "GET /scrape/*", "GET /scrape/{job_id}", "POST /scrape/*/cancel", "PUT", "PUT object", "GET bucket",
    ] {
      #expect(RequestKind.pattern(pattern) != nil, "\(pattern)")
    }
  }

  @Test("failures by chance are the same in every run and near their rate")
  func chance() {
    let chance = Chance(seed: 7, sessionFailures: 0.3, jobFailures: 0.1)
    let jobs = (1...2000).map { chance.jobFate(mission: "m\($0)", attempt: 1) }
    #expect(jobs == (1...2000).map { chance.jobFate(mission: "m\($0)", attempt: 1) })
    #expect((120...280).contains(jobs.count { $0 != .completes }))
    #expect(jobs != (1...2000).map { chance.jobFate(mission: "m\($0)", attempt: 2) })
    let sessions = (1...1000).map { chance.sessionFate(worker: 1, number: $0) }
    #expect((220...380).contains(sessions.count { $0 != .ready }))
    #expect(Set(sessions.map { "\($0)" }).count == 5)
  }
}
