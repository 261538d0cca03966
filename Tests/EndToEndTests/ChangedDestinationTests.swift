import Foundation
import Testing

extension EndToEnd {
  /// A destination that is not any more what it was when the rows were loaded.
  @Suite struct ChangedDestination {
    @Test(
      "missions that wait at S3 are loaded again from the spool when the destination is replaced meanwhile")
    func replaced() async throws {
      let site = try await Installation(
        Setup(script: #"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#))
      try site.addMissions(days: 3)
      #expect(try await site.run("run").way == .exit(1))
      #expect(try site.journal("SELECT DISTINCT status, checkpoint FROM mission_list") == ["FAILED|S3"])
      for end in ["", "-wal", "-shm"] { unlink(site.destinationPath + end) }

      try site.script("")
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|3"])
      #expect(try site.destination("SELECT count(*) FROM missions") == ["3"])
      #expect(try site.requests("POST /scrape") == 3, "the bytes are in the spool")
      let told = try site.events().filter { $0.name == "RESUMED" && $0.details["checkpoint"].string == "DB" }
      #expect(told.map { $0.details["reason"].string } == ["rows lost", "rows lost", "rows lost"])
      #expect(run.errors.contains("is loaded again: the destination does not hold its rows"))
      try await site.expectInvariants()
    }

    @Test("rows that another machine replaced while the object was written are loaded again before DONE")
    func anotherMachine() async throws {
      let site = try await Installation(
        Setup(script: #"{"match": {"request": "PUT object"}, "do": {"delay": "1500ms"}, "times": 1}"#))
      try site.addMissions(days: 1)
      let run = try site.start(["run"])
      let isLoaded = try await Wait.until(seconds: 30) {
        site.journalSoFar("SELECT count(*) FROM mission_events WHERE event = 'DB_COMPLETED'") == ["1"]
      }
      #expect(isLoaded)
      try site.changeDestination(
        "UPDATE missions SET sha256 = 'theirs'; UPDATE ads SET data = '{\"id\":\"theirs\"}'")
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try site.statuses() == ["DONE|1"])
      #expect(try site.count(of: "DB_COMPLETED") == 2)
      #expect(try site.requests("PUT object") == 2, "the object is written again, it may be theirs")
      #expect(try site.destination("SELECT count(*) FROM ads WHERE data LIKE '%theirs%'") == ["0"])
      try await site.expectInvariants()
    }
  }
}
