import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// How a program may end besides well, and what a run makes of it.
  @Suite(.timeLimit(.minutes(5))) struct ProgramEnds {
    private func failure(_ place: ProgramPlace) throws -> String {
      try place.journal("SELECT status, error_code, retry_count, error_message FROM mission_list")[0]
    }

    @Test("a program that takes longer than timeout is ended with all that it started: ERROR202")
    func timeLimit() async throws {
      let place = try ProgramPlace(
        "setsid sleep 1000 & sleep 1000", days: 1, more: ["timeout: 300ms", "max_retries: 0"])
      let run = try await place.run()
      #expect(run.way == .exit(1), "\(run.errors)")
      #expect(try failure(place).hasPrefix("FAILED|ERROR202|0|"))
      #expect(place.programs.isEmpty)
    }

    @Test("the time is over for each attempt anew, and in the end it is told how often")
    func timeLimitOfEach() async throws {
      let place = try ProgramPlace(
        "echo x >> begun; sleep 1000", days: 1,
        more: ["timeout: 200ms", "max_retries: 1", "retry_delay: 10ms"])
      #expect(try await place.run().way == .exit(1))
      #expect(place.begun == 2)
      let failed = try place.journal("SELECT error_code, error_cause FROM mission_list")
      #expect(failed == ["ERROR203|ERROR202"])
    }

    @Test("standard output beyond max_result_size ends the program, and nothing of it is kept")
    func outputLimit() async throws {
      let place = try ProgramPlace(
        "trap '' PIPE; while :; do echo 0123456789; done", days: 1, more: ["max_retries: 1"],
        execution: "max_result_size: 64KiB")
      let run = try await place.run()
      #expect(run.way == .exit(1), "\(run.errors)")
      let failed = try failure(place)
      // Tried once: it would be too large again.
      #expect(failed.hasPrefix("FAILED|ERROR100|0|") && failed.contains("larger than"), "\(failed)")
      #expect(place.programs.isEmpty)
      #expect(TemporaryFolder.files(in: "\(place.folder)/state/spool").allSatisfy { !$0.hasSuffix(".part") })
    }

    @Test("one that asks to be started later is, uncounted, as often as it asks")
    func wait() async throws {
      let place = try ProgramPlace(
        "echo x >> begun; [ $(wc -l < begun) -gt 3 ] || exit 75; echo '[{\"id\":1}]'", days: 1,
        more: ["retry_delay: 20ms", "max_retries: 0"])
      let run = try await place.run()
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(place.begun == 4)
      #expect(try place.journal("SELECT status, retry_count FROM mission_list") == ["DONE|0"])
    }

    @Test("waits that are together longer than timeout are ERROR202")
    func waitsWithoutEnd() async throws {
      let place = try ProgramPlace(
        "exit 75", days: 1, more: ["retry_delay: 50ms", "max_retries: 0", "timeout: 400ms"])
      #expect(try await place.run().way == .exit(1))
      #expect(try failure(place).hasPrefix("FAILED|ERROR202|0|"))
    }

    @Test("other numbers may mean the same, and a part that is written replaces that part only")
    func otherCodes() async throws {
      let place = try ProgramPlace(
        "case $1 in *-01) exit 3;; *-02) exit 99;; *) exit 75;; esac", days: 3,
        more: ["exits: {empty: [3]}", "retry_delay: 20ms", "timeout: 100ms", "max_retries: 0"])
      #expect(try await place.run().way == .exit(1))
      let ends = try place.journal("SELECT status, error_code FROM mission_list ORDER BY date_start")
      #expect(ends == ["DONE|-", "FAILED|ERROR200", "FAILED|ERROR202"])
    }

    @Test("a signal is ERROR201, whichever it is", arguments: ["KILL", "SEGV", "TERM"])
    func signals(name: String) async throws {
      let place = try ProgramPlace("kill -\(name) $$; sleep 5", days: 1, more: ["max_retries: 0"])
      #expect(try await place.run().way == .exit(1))
      let failed = try failure(place)
      #expect(failed.hasPrefix("FAILED|ERROR201|0|") && failed.contains("signal"), "\(failed)")
    }

    @Test(
      "what a run that died after DONE left of its program is removed by the next, also with nothing to do")
    func workFolders() async throws {
      let place = try ProgramPlace(
        "case $1 in *-01) echo broken >&2; exit 1;; esac; echo x > $MISSION_FOLDER/x; echo '[]'", days: 3,
        more: ["max_retries: 0"])
      #expect(try await place.die(at: "spool.remove.before:1") == .signal(SIGKILL))
      let done = try place.journal("SELECT id FROM mission_list WHERE status = 'DONE'")
      #expect(done.count >= 1)
      #expect(Set(place.temporary.names(in: "state/work")).isSuperset(of: done))
      mkdir("\(place.folder)/state/work/lost+found", 0o700)
      #expect(try await place.run().way == .exit(1))
      // Of the one that failed its standard error is still there for `show`.
      let failed = try place.journal("SELECT id FROM mission_list WHERE status = 'FAILED'")
      #expect(place.temporary.names(in: "state/work") == (failed + ["lost+found"]).sorted())
      #expect(try await place.command("show", failed[0]).output.contains("broken"))
      // Once nobody knows it any more, nothing of it is needed.
      unlink("\(place.folder)/missions/m.csv")
      try place.write("date_start,date_end,source\n", "missions/m.csv")
      #expect(try await place.command("prune", failed[0], "--yes").way == .exit(0))
      #expect(try await place.run().way == .exit(0))
      #expect(place.temporary.names(in: "state/work") == ["lost+found"])
    }
  }
}
