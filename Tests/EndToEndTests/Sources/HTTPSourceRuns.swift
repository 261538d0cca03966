import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Missions of an HTTP API, from a CSV to rows and objects (SOURCES 2).
  @Suite(.timeLimit(.minutes(5))) struct HTTPSourceRuns {
    private static let add = "POST /api/admin/jobs"

    @Test("jobs are started, looked at and their results stored, each once")
    func wholeWay() async throws {
      let site = try await HTTPSite.make(HTTPSite.whole, days: 20, Setup(ads: "0..12", jobTime: "5ms..60ms"))
      let check = try await site.run("check")
      #expect(check.way == .exit(0), "\(check.output)\(check.errors)")
      #expect(check.output.contains("source jobs"))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.statuses() == ["DONE|20"])
      #expect(try site.jobsStarted() == 20)
      #expect(site.objects.count == 20)
      for mission in try await site.json("list")["missions"].elements {
        let day = try #require(mission["date_start"].string)
        let bytes = try site.control.get("/control/ads?start=\(day)&end=\(day)")
        let key = "scrapes/\(day)/\(mission["id"].string!).json"
        #expect(try TemporaryFolder.bytes("\(site.storeFolder)/\(key)") == Stringified.layout(bytes))
        #expect(mission["worker"].string == "jobs")
        #expect(mission["media_type"] == .null)
      }
      #expect(try await site.run("verify").way == .exit(0))
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.jobsStarted() == 20)
      let config = try await site.run("config")
      #expect(config.way == .exit(0) && !config.output.contains("canary"), "\(config.output)")
      for secret in site.secrets { #expect(!site.written.contains(secret)) }
    }

    @Test("without a look the answer to the start is the result, and nothing else is asked")
    func noLook() async throws {
      let start =
        #"start: {post: /harvest, body: {type: harvest, params: {date_start: "{date_start}", date_end: "{date_end}"}}}"#
      let site = try await HTTPSite.make([start], days: 12, Setup(ads: "0..40"))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.statuses() == ["DONE|12"])
      #expect(try site.requests("POST /api/admin/harvest") == 12)
      #expect(try await site.run("verify").way == .exit(0))
    }

    @Test("a start whose answer is lost is found by its mission, and is not sent again")
    func lostAnswer() async throws {
      let rule = #"{"match": {"request": "POST /api/admin/jobs", "nth": 2}, "do": {"reset": true}}"#
      let site = try await HTTPSite.make(HTTPSite.whole, days: 3, Setup(script: rule))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.jobsStarted() == 3)
      #expect(try site.requests(Self.add) == 3)
      #expect(try site.count(of: "JOB_ADOPTED") == 1)
    }

    @Test("a start that was surely not taken is sent again, once find has said so three times")
    func lostStart() async throws {
      let rule =
        #"{"match": {"request": "POST /api/admin/jobs", "nth": 1}, "do": {"reset": true, "perform": false}}"#
      let site = try await HTTPSite.make(HTTPSite.whole, days: 1, Setup(script: rule))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.requests("GET /api/admin/jobs") == 3)
      #expect(try site.requests(Self.add) == 2)
      #expect(try site.jobsStarted() == 1)
      #expect(try site.report()["missions"][0]["retry_count"].int == 0)
    }

    @Test("of several jobs the first is taken and the others are cancelled, and it is told")
    func several() async throws {
      let site = try await HTTPSite.make(HTTPSite.whole, days: 1, Setup(jobTime: "200ms"))
      try await site.die(at: "http.start.answered:1")
      let id = try site.journal("SELECT id FROM mission_list")[0]
      // Somebody else has started a job in the mission's name.
      try site.script(
        """
        {"match": {"request": "GET /api/admin/jobs"}, "do": {"body": {"jobs": [{"id": 1, "reference": "\(id)"}, \
        {"id": 9, "reference": "\(id)"}, {"id": 8, "reference": "another"}]}}}
        """)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.requests(Self.add) == 1)
      #expect(try site.requests("POST /api/admin/jobs/{job_id}/cancel") == 1)
      #expect(run.errors.contains("1 is taken, the others are cancelled: 9"), "\(run.errors)")
    }

    @Test("an API that refuses the credentials is asked once, and its other missions are left")
    func refused() async throws {
      let site = try await HTTPSite.make(HTTPSite.whole, days: 5)
      // With several at once, those that are under way meet the refusal as well.
      try site.configure("capacity: 4", "capacity: 1")
      site.environment["JOBS_TOKEN"] = "canary-jobs-token"
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)\(run.output)")
      #expect(try site.failures() == ["ERROR502|1"])
      #expect(try site.requests(Self.add) == 1)
      #expect(!site.written.contains("canary-jobs-token"))
      let check = try await site.run("check")
      #expect(check.way == .exit(1))
      #expect(check.output.contains("compare them"), "\(check.output)")
      site.environment["JOBS_TOKEN"] = "canary-worker-jobs"
      let again = try await site.run("run")
      #expect(again.way == .exit(0), "\(again.errors)")
      #expect(try site.statuses() == ["DONE|5"])
    }

    @Test("a start that is refused for what it says is final, with the API's words")
    func wrongRequest() async throws {
      let site = try await HTTPSite.make(
        ["start: {post: /jobs, body: {type: nonsense}, job: /id}", HTTPSite.look], days: 2)
      let run = try await site.run("run")
      #expect(run.way == .exit(1))
      #expect(try site.failures() == ["ERROR200|2"])
      #expect(try site.requests(Self.add) == 2)
      #expect(run.output.contains("type must be one of harvest"), "\(run.output)")
    }

    @Test("waits, failures of jobs and lost jobs are taken as a worker's are")
    func faults() async throws {
      let script = [
        #"{"match": {"request": "POST /api/admin/jobs", "nth": 1}, "do": {"status": 429, "retry_after": 0}}"#,
        #"{"match": {"request": "POST /api/admin/jobs", "date": "2025-01-02", "nth": 1}, "do": {"job_status": "failed"}}"#,
        #"{"match": {"request": "GET /api/admin/jobs/*", "date": "2025-01-03", "nth": 1}, "do": {"status": 404}}"#,
        #"{"match": {"request": "GET /api/admin/jobs/*/result", "date": "2025-01-04", "nth": 1}, "do": {"truncate_json": true}}"#,
        #"{"match": {"request": "GET /api/admin/jobs/*/result", "date": "2025-01-05", "nth": 1}, "do": {"half_body": true}}"#,
        #"{"match": {"request": "GET /api/admin/jobs/*", "date": "2025-01-06", "nth": 1}, "do": {"job_status": "paused"}}"#,
      ]
      let site = try await HTTPSite.make(
        HTTPSite.whole + ["send: again"], days: 8, Setup(script: script.joined(separator: "\n")))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.statuses() == ["DONE|8"])
      #expect(try site.jobsStarted() == 10)
      #expect(run.errors.contains("paused"), "an unknown status is logged: \(run.errors)")
      let retries = try site.journal("SELECT date_start FROM mission_list WHERE retry_count > 0")
      #expect(retries == ["2025-01-02"])
    }
  }
}
