import Foundation
import SQLite
import TestSupport
import Testing

extension EndToEnd {
  /// `run --due` from a timer, at chosen times.
  @Suite(
    .timeLimit(.minutes(5)),
    .enabled(if: FakeTime.isThere, "the package faketime is missing: Tests/servers.sh installs it"))
  struct DueRuns {
    private static let nightly =
      "{name: nightly, cron: \"0 2 * * *\", time_zone: America/Sao_Paulo, source: shop"

    @Test("a schedule that is met for the first time owes nothing; then each slot is run once")
    func once() async throws {
      let place = try ScheduledPlace(["\(Self.nightly), days: yesterday}"])
      var tick = try await place.tick("2026-03-10 12:00:00")
      #expect(
        tick.errors.contains("nothing is due; next is nightly 2026-03-11T02:00, at 2026-03-11T05:00:00.000Z"))
      #expect(tick.output.isEmpty && place.reports == 0)
      #expect(try place.journal("SELECT count(*) FROM runs") == ["0"])
      try await place.tick("2026-03-11 04:59:59")
      #expect(try place.slots == [])
      tick = try await place.tick("2026-03-11 05:00:10")
      #expect(try place.slots == ["2026-03-11T02:00 DONE"] && place.reports == 1, "\(tick.errors)")
      for time in ["2026-03-11 05:05:00", "2026-03-11 23:00:00"] {
        tick = try await place.tick(time)
        #expect(tick.output.isEmpty, "\(tick.errors)")
      }
      #expect(try place.slots.count == 1 && place.reports == 1)
      #expect(
        try place.destination("SELECT date_start || date_end || parameters FROM missions") == [
          "2026-03-102026-03-10{\"slot\":\"2026-03-11T02:00\"}"
        ])
      #expect(try place.destination("SELECT ad_id FROM ads") == ["2026-03-11T02:00"])
    }

    @Test(
      "after a month without power the slots are made up for as catch_up says",
      arguments: [("none", 0), ("latest", 1), ("all", 28)])
    func month(catchUp: String, expected: Int) async throws {
      let place = try ScheduledPlace(["\(Self.nightly), catch_up: \(catchUp)}"])
      try await place.tick("2026-02-10 12:00:00")
      try await place.tick("2026-03-10 12:00:00")
      #expect(try place.slots.count == expected)
      if expected == 1 { #expect(try place.slots == ["2026-03-10T02:00 DONE"]) }
      // The next night is as ever.
      try await place.tick("2026-03-11 05:10:00")
      #expect(try place.slots.count == expected + 1 && place.slots.last == "2026-03-11T02:00 DONE")
    }

    @Test("a clock that was set back, a zone that was changed: each slot once")
    func clockAndZone() async throws {
      let place = try ScheduledPlace(["\(Self.nightly)}"])
      try await place.tick("2026-03-10 12:00:00")
      try await place.tick("2026-03-11 05:01:00")
      let back = try await place.tick("2026-03-10 12:00:00")
      #expect(back.errors.contains("the schedule nightly was seen at a later time than the clock shows now"))
      try await place.tick("2026-03-11 05:01:00")
      #expect(try place.slots == ["2026-03-11T02:00 DONE"])
      #expect(try place.destination("SELECT count(*) FROM missions") == ["1"])
      // Two hours further west the same label comes again.
      let text = try String(contentsOfFile: place.folder + "/config.yaml", encoding: .utf8)
      try place.write(text.replacing("America/Sao_Paulo", with: "America/Denver"), "config.yaml")
      try await place.tick("2026-03-11 12:00:00")
      #expect(try place.slots == ["2026-03-11T02:00 DONE"])
      try await place.tick("2026-03-12 12:00:00")
      #expect(try place.slots == ["2026-03-11T02:00 DONE", "2026-03-12T02:00 DONE"])
    }

    @Test("a paused schedule makes nothing, and its unfinished missions rest; the others go on")
    func paused() async throws {
      let place = try ScheduledPlace(
        [
          "{name: hourly, cron: \"0 * * * *\", source: shop}",
          "{name: other, cron: \"30 * * * *\", source: shop}",
        ], script: "exit 69")
      try await place.tick("2026-03-10 12:10:00")
      let failed = try await place.run("run", "--due", "--no-progress", at: "2026-03-10 13:01:00")
      #expect(failed.way == .exit(1), "\(failed.errors)")
      let text = try String(contentsOfFile: place.folder + "/config.yaml", encoding: .utf8)
      try place.write(
        text.replacing("\"0 * * * *\"", with: "\"0 * * * *\", active: false"), "config.yaml")
      try place.write("echo '[]'", "program.sh")
      #expect(try await place.run("retry", "--failed").way == .exit(0))
      #expect(try place.slots == ["2026-03-10T12:30 PENDING", "2026-03-10T13:00 PENDING"])
      try await place.tick("2026-03-10 14:40:00")
      #expect(
        try place.slots == ["2026-03-10T12:30 DONE", "2026-03-10T13:00 PENDING", "2026-03-10T14:30 DONE"])
    }

    @Test("run --due leaves files alone, and a plain run leaves schedules alone")
    func nothingElse() async throws {
      let place = try ScheduledPlace(
        ["{name: hourly, cron: \"0 * * * *\", source: shop}"], more: "missions: [missions/*.csv]")
      try place.write(
        "date_start,date_end,source\n2025-01-01,2025-01-01,shop\n2025-01-02,2025-01-02,shop\n",
        "missions/a.csv")
      try await place.tick("2026-03-10 12:10:00")
      try await place.tick("2026-03-10 13:01:00")
      #expect(try place.journal("SELECT count(*) FROM missions") == ["1"])
      let plain = try await place.run("run", "--no-progress", at: "2026-03-10 14:10:00")
      #expect(plain.way == .exit(0), "\(plain.errors)")
      #expect(try place.journal("SELECT count(*) FROM missions") == ["3"])
      try await place.tick("2026-03-10 14:11:00")
      #expect(try place.slots == ["2026-03-10T13:00 DONE", "2026-03-10T14:00 DONE"])
    }

    @Test("while another run holds the journal it ends with 0, has written nothing, and the slot stays due")
    func held() async throws {
      let place = try ScheduledPlace(
        ["{name: hourly, cron: \"0 * * * *\", source: shop}"],
        script: "touch begun; while [ -e wait ]; do sleep 0.05; done; echo '[]'")
      try await place.tick("2026-03-10 12:10:00")
      try place.write("", "wait")
      let live = try place.start(["run", "--due", "--no-progress"], at: "2026-03-10 13:01:00")
      while !FileManager.default.fileExists(atPath: place.folder + "/begun") { usleep(20_000) }
      try await place.tick("2026-03-10 14:01:00")
      // In our own time, whose waits let every word of the log arrive.
      let second = try await place.run("run", "--due", "--no-progress")
      #expect(second.way == .exit(0) && second.errors.contains("is held by another run"), "\(second.errors)")
      #expect(second.errors.contains("what is due stays due") && second.output.isEmpty)
      unlink(place.folder + "/wait")
      #expect(try await live.end(within: 60).way == .exit(0))
      #expect(place.reports == 1)
      try await place.tick("2026-03-10 14:06:00")
      #expect(try place.slots == ["2026-03-10T13:00 DONE", "2026-03-10T14:00 DONE"])
    }

    @Test(
      "killed between making the missions and noting the slot it loses none and doubles none",
      arguments: [
        "schedules.note.before:1", "journal.import.commit.before:1", "journal.import.commit.after:1",
        "run.select.after:1", "journal.commit.before:1", "journal.commit.after:1", "journal.commit.before:2",
      ], ["latest", "all"])
    func killed(point: String, catchUp: String) async throws {
      let place = try ScheduledPlace([
        "{name: hourly, cron: \"0 * * * *\", source: shop, catch_up: \(catchUp), parameters: {tipo: [reag, master]}}"
      ])
      try await place.tick("2026-03-10 12:10:00")
      place.environment["MISSION_CONTROL_FAILPOINT"] = point
      let killed = try await place.run("run", "--due", "--no-progress", at: "2026-03-10 13:01:00")
      // faketime says 1 of a program that was killed, which has told of no run then.
      #expect(killed.way == .exit(1) && killed.output.isEmpty, "\(point): \(killed.way) \(killed.output)")
      place.environment["MISSION_CONTROL_FAILPOINT"] = nil
      try await place.tick("2026-03-10 13:06:00")
      #expect(try place.slots == ["2026-03-10T13:00 DONE", "2026-03-10T13:00 DONE"], "\(point)")
      let idle = try await place.tick("2026-03-10 13:11:00")
      #expect(idle.output.isEmpty)
      #expect(try place.destination("SELECT count(*) FROM missions") == ["2"])
      #expect(try place.journal("PRAGMA integrity_check") == ["ok"])
    }

    @Test(
      "killed while it writes down that it knows a schedule, it knows it the next time",
      arguments: [
        "schedules.first.before:1", "schedules.note.before:1", "journal.import.commit.before:1",
        "journal.import.commit.after:1", "schedules.first.after:1",
      ])
    func killedAtFirst(point: String) async throws {
      let place = try ScheduledPlace(["{name: hourly, cron: \"0 * * * *\", source: shop}"])
      place.environment["MISSION_CONTROL_FAILPOINT"] = point
      let killed = try await place.run("run", "--due", "--no-progress", at: "2026-03-10 12:10:00")
      // faketime says 1 of a program that was killed, which has told of no run then.
      #expect(killed.way == .exit(1) && killed.output.isEmpty, "\(point): \(killed.way) \(killed.output)")
      place.environment["MISSION_CONTROL_FAILPOINT"] = nil
      try await place.tick("2026-03-10 12:15:00")
      try await place.tick("2026-03-10 13:01:00")
      #expect(try place.slots == ["2026-03-10T13:00 DONE"])
    }

    @Test("plan --due tells what is due and what comes next, runs what each made, check how many")
    func told() async throws {
      let place = try ScheduledPlace([
        "\(Self.nightly), catch_up: all, parameters: {tipo: [reag, master]}}",
        "{name: rest, cron: \"0 * * * *\", source: shop, active: false}",
      ])
      try await place.tick("2026-03-10 12:00:00")
      var plan = try await place.run("plan", "--due", "--output", "json", at: "2026-03-12 12:00:00")
      var json = try JSON(text: plan.output)
      #expect(json["selected"].int == 4 && json["paused"].strings == ["rest"], "\(plan.output)")
      #expect(json["due"].elements.map { $0["slot"].string } == ["2026-03-11T02:00", "2026-03-12T02:00"])
      #expect(json["due"].elements.map { $0["missions"].int } == [2, 2])
      #expect(
        json["next"].elements.map { $0["at"].string } == [
          "2026-03-13T05:00:00.000Z", "2026-03-14T05:00:00.000Z", "2026-03-15T05:00:00.000Z",
        ])
      plan = try await place.run("plan", "--due", at: "2026-03-12 12:00:00")
      #expect(plan.output.contains("Slots that are due\n  nightly  2026-03-11T02:00 America/Sao_Paulo"))
      #expect(plan.output.contains("mission-control run --due"), "\(plan.output)")
      try await place.tick("2026-03-12 12:00:00")
      plan = try await place.run("plan", "--due", at: "2026-03-12 12:00:00")
      #expect(
        plan.output.contains("no slot is due") && plan.output.contains("rest  paused"), "\(plan.output)")
      json = try JSON(text: try await place.run("runs", "--output", "json").output)
      let made = json["runs"][0]["made"][0]
      #expect(made["schedule"].string == "nightly" && made["slots"].int == 2 && made["missions"].int == 4)
      #expect(made["first"].string == "2026-03-11T02:00" && made["last"].string == "2026-03-12T02:00")
      let runs = try await place.run("runs")
      #expect(runs.output.contains("nightly 2 slots 2026-03-11T02:00..2026-03-12T02:00"), "\(runs.output)")
      let check = try await place.run("check")
      #expect(check.output.contains("2 missions for each slot, next 20"), "\(check.output)")
      #expect(check.output.contains("T02:00 in America/Sao_Paulo"), "\(check.output)")
      #expect(check.output.contains("paused, 1 mission for each slot"))
    }

    @Test("what does not go together with --due is wrong usage, and so is --due without schedules")
    func usage() async throws {
      let place = try ScheduledPlace(["{name: hourly, cron: \"0 * * * *\", source: shop}"])
      for words in [["missions/a.csv"], ["--only", "1234"], ["--unlisted"]] {
        let ended = try await place.start(["run", "--due"] + words).end(within: 60)
        #expect(ended.way == .exit(64) && ended.errors.contains("--due"), "\(ended.errors)")
      }
      let text = try String(contentsOfFile: place.folder + "/config.yaml", encoding: .utf8)
      let without = text.split(separator: "\n").filter {
        !$0.contains("hourly") && !$0.hasPrefix("schedules")
      }
      try place.write(without.joined(separator: "\n"), "config.yaml")
      for command in ["run", "plan"] {
        let ended = try await place.run(command, "--due")
        #expect(ended.way == .exit(64) && ended.errors.contains("--due needs schedules:"), "\(ended.errors)")
      }
    }

    @Test("retention is kept at the end of each run")
    func retention() async throws {
      let place = try ScheduledPlace(
        ["{name: hourly, cron: \"0 * * * *\", source: shop}"],
        more: "retention: {missions: 2d, prune: after_run}")
      try await place.tick("2026-03-10 12:10:00")
      for time in ["2026-03-10 13:01:00", "2026-03-11 13:01:00", "2026-03-13 12:01:00"] {
        try await place.tick(time)
      }
      // The one of the 10th went on the 13th.
      #expect(try place.slots == ["2026-03-11T13:00 DONE", "2026-03-13T12:00 DONE"])
      #expect(try place.destination("SELECT count(*) FROM missions") == ["3"])
      let last = try await place.tick("2026-03-13 13:30:00")
      #expect(last.errors.contains("retention removed 1 finished mission from the journal"), "\(last.errors)")
    }

    @Test("retention leaves alone what a file names, and everything while a file cannot be read")
    func retentionOfListed() async throws {
      let place = try ScheduledPlace(
        ["{name: hourly, cron: \"0 * * * *\", source: shop}"],
        more: "missions: [\"*.csv\"]\nretention: {missions: 2d, prune: after_run}")
      try place.write("date_start,date_end,source\n2026-03-01,2026-03-01,shop\n", "a.csv")
      try await place.tick("2026-03-10 12:05:00")
      #expect(try await place.run("run", at: "2026-03-10 12:10:00").way == .exit(0))
      try place.write("no header\n", "b.csv")
      let unknown = try await place.tick("2026-03-13 12:01:00")
      #expect(unknown.errors.contains("what retention says could not be removed"), "\(unknown.errors)")
      unlink("\(place.folder)/b.csv")
      #expect(mkfifo("\(place.folder)/b.csv", 0o600) == 0)
      let once = try await place.tick("2026-03-13 13:01:00")
      #expect(once.errors.contains("can be read only once"), "\(once.errors)")
      unlink("\(place.folder)/b.csv")
      let kept = try await place.tick("2026-03-13 14:01:00")
      #expect(!kept.errors.contains("retention"), "\(kept.errors)")
      unlink("\(place.folder)/a.csv")
      let gone = try await place.tick("2026-03-13 15:01:00")
      #expect(gone.errors.contains("retention removed 1 finished mission from the journal"), "\(gone.errors)")
    }

    @Test("nothing due takes no longer with 100,000 missions than with none, and writes nothing")
    func manyMissions() async throws {
      let yearly = ["{name: yearly, cron: \"0 0 1 1 *\", source: shop}"]
      let (place, other) = (try ScheduledPlace(yearly), try ScheduledPlace(yearly))
      for one in [place, other] { #expect(try await one.run("run", "--due").way == .exit(0)) }
      let writer = try SQLiteConnection(path: place.journalPath, mode: .readWrite)
      try writer.execute(
        """
        INSERT INTO missions (id, source, date_start, date_end, media_type, languages, priority, created_at, status)
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
          SELECT randomblob(16), 'shop', i, i, -1, '', 0, 0, CASE WHEN i % 2 = 0 THEN 3 ELSE 0 END FROM n;
        UPDATE status_tallies SET missions = 50000 WHERE status IN (0, 3)
        """)
      writer.close()
      let before = try FileManager.default.attributesOfItem(atPath: place.journalPath)
      let names = try FileManager.default.contentsOfDirectory(atPath: place.folder + "/state").sorted()
      // In turns, the fastest of each: whatever else the machine does slows both down.
      var (full, empty) = (Double.infinity, Double.infinity)
      for turn in 1...60 where turn <= 12 || full >= 1.5 * empty {
        full = min(full, try place.secondsOfRun(telling: "nothing is due"))
        empty = min(empty, try other.secondsOfRun(telling: "nothing is due"))
      }
      #expect(full < 1.5 * empty, "\(full) s, of an empty one \(empty) s")
      let after = try FileManager.default.attributesOfItem(atPath: place.journalPath)
      #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
      #expect(before[.size] as? Int == after[.size] as? Int)
      #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder + "/state").sorted() == names)
    }
  }
}
