import Foundation
import SQLite
import TestSupport
import Testing

extension EndToEnd {
  /// The product whole without any server: a program, SQLite and a folder.
  @Suite(.timeLimit(.minutes(5))) struct ProgramRuns {
    @Test("missions of a program are carried through to rows and objects, and nothing of them is left")
    func whole() async throws {
      let place = try ProgramPlace(
        "echo \"[{\\\"id\\\":\\\"$1\\\"},{\\\"id\\\":2}]\"", days: 20, more: ["capacity: 4"])
      let run = try await place.run()
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(place.objects == 20)
      #expect(place.temporary.names(in: "state/work") == [])
      #expect(place.programs.isEmpty)
    }

    @Test("a wrong password is tried once, told, and its secret nowhere")
    func stopped() async throws {
      let place = try ProgramPlace(
        "echo tried >> tries; echo \"login of $KEY refused\" >&2; exit 77", days: 5)
      let run = try await place.run()
      #expect(run.way == .exit(69), "\(run.errors)\(run.output)")
      #expect(place.temporary.bytes("tries")?.count == 6)
      #expect((run.errors + run.output).contains("login of *** refused"))
      for file in TemporaryFolder.files(in: place.folder)
      where file.hasPrefix("state/") || file.hasPrefix("outputs/") {
        let bytes = try TemporaryFolder.bytes("\(place.folder)/\(file)")
        #expect(!String(decoding: bytes, as: UTF8.self).contains("canary-program-key"), "\(file)")
      }
    }

    @Test("what a killed run left is ended before anything starts again, also in a session of its own")
    func killed() async throws {
      let script = """
        if [ ! -e second ]; then setsid sleep 1000 & touch begun; sleep 1000; fi
        echo '[]'
        """
      let place = try ProgramPlace(script, days: 1)
      let run = try place.start("run", "--no-progress")
      #expect(try await Wait.until { place.temporary.bytes("begun") != nil })
      run.signal(SIGKILL)
      #expect(try await run.end().way == .signal(SIGKILL))
      #expect(place.programs.count >= 2)
      try place.write("", "second")
      let last = try await place.run()
      #expect(last.way == .exit(0), "\(last.errors)\(last.output)")
      #expect(place.programs.isEmpty)
      #expect(place.objects == 1)
    }

    /// A run was killed while its program had started another.
    private func placeOfKilledRun() async throws -> ProgramPlace {
      let place = try ProgramPlace("setsid sleep 1000 & touch begun; sleep 1000", days: 1)
      let run = try place.start("run", "--no-progress")
      #expect(try await Wait.until { place.temporary.bytes("begun") != nil })
      run.signal(SIGKILL)
      #expect(try await run.end().way == .signal(SIGKILL))
      #expect(place.programs.count >= 2)
      return place
    }

    @Test(
      "what a killed run left is ended by cancel, and by a run that has other things to do",
      arguments: [true, false])
    func leftBehind(isCancelled: Bool) async throws {
      let place = try await placeOfKilledRun()
      if isCancelled {
        let id = try place.journal("SELECT id FROM mission_list")[0]
        let cancelled = try await place.command("cancel", id)
        #expect(cancelled.way == .exit(0), "\(cancelled.errors)")
        #expect(try place.journal("SELECT status FROM mission_list") == ["CANCELLED"])
      } else {
        let other = try await place.command(
          "run", "--no-progress", "--from", "2025-06-01", "--to", "2025-06-30")
        #expect(other.way == .exit(0), "\(other.errors)\(other.output)")
        #expect(try place.journal("SELECT status FROM mission_list") == ["PENDING"])
      }
      #expect(place.programs.isEmpty)
    }

    @Test(
      "what a killed run left of a source that is no longer configured is ended by cancel and by any run",
      arguments: [true, false])
    func leftBehindUnconfigured(isCancelled: Bool) async throws {
      let place = try await placeOfKilledRun()
      let configuration = String(decoding: place.temporary.bytes("config.yaml") ?? [], as: UTF8.self)
      try place.write(configuration.replacing("  shop:\n", with: "  store:\n"), "config.yaml")
      unlink("\(place.folder)/missions/m.csv")
      try place.write("date_start,date_end,source\n", "missions/other.csv")
      let id = try place.journal("SELECT id FROM mission_list")[0]
      let next =
        isCancelled
        ? try await place.command("cancel", id) : try await place.command("run", "--no-progress")
      // A run tells that the mission of an unknown source is left.
      #expect(next.way == .exit(isCancelled ? 0 : 1), "\(next.errors)\(next.output)")
      #expect(place.programs.isEmpty)
    }

    @Test("two journals of one folder leave each other's programs and what they write alone")
    func twoJournals() async throws {
      let place = try ProgramPlace(
        "printf kept > $MISSION_FOLDER/a.txt; touch begun; until [ -e go ]; do sleep 0.05; done; echo '[]'",
        days: 1, more: ["keep: [\"*.txt\"]"])
      let other = try TemporaryFolder.text("\(place.folder)/config.yaml")
        .replacing("journal.sqlite", with: "other.sqlite").replacing("ads.sqlite", with: "other-ads.sqlite")
        .replacing("path: audit", with: "path: other-audit").replacing("program.sh", with: "other.sh")
      try place.write(other, "other.yaml")
      try place.write("printf other > $MISSION_FOLDER/a.txt; echo '[{\"id\":1}]'", "other.sh")
      let run = try place.start("run", "--no-progress")
      #expect(try await Wait.until { place.temporary.bytes("begun") != nil })
      // The same mission, by its own program, twice: done, and with nothing to do.
      for _ in 0..<2 {
        let beside = try await place.command("run", "--no-progress", "--config", "other.yaml")
        #expect(beside.way == .exit(0), "\(beside.errors)\(beside.output)")
      }
      try place.write("", "go")
      let ended = try await run.end()
      #expect(ended.way == .exit(0), "\(ended.errors)\(ended.output)")
      let kept = TemporaryFolder.files(in: place.folder).filter { $0.hasSuffix("/a.txt") }
      #expect(kept.count == 2)
      #expect(try Set(kept.map { try TemporaryFolder.text("\(place.folder)/\($0)") }) == ["kept", "other"])
      #expect(try await place.command("verify").way == .exit(0))
    }

    @Test("a stop ends the program, and the mission is taken up again, uncounted")
    func stoppedByHand() async throws {
      let place = try ProgramPlace("[ -e second ] || { touch begun; exec sleep 1000; }; echo '[]'", days: 1)
      let run = try place.start("run", "--no-progress")
      #expect(try await Wait.until { place.temporary.bytes("begun") != nil })
      run.signal(SIGTERM)
      let ended = try await run.end()
      #expect(ended.way == .exit(75), "\(ended.errors)")
      #expect(place.programs.isEmpty)
      try place.write("", "second")
      #expect(try await place.run().way == .exit(0))
    }

    @Test("a program that is not there is told before anything starts")
    func missing() async throws {
      let place = try ProgramPlace("", days: 1)
      let text = try TemporaryFolder.text("\(place.folder)/config.yaml")
      try place.write(text.replacing("[sh, program.sh", with: "[no-such-program"), "config.yaml")
      let run = try await place.run()
      #expect(run.way == .exit(78), "\(run.errors)\(run.output)")
      #expect(run.errors.contains("no-such-program"))
    }
  }
}
