import Foundation
import Testing

extension EndToEnd {
  /// The process itself: arguments, signals, outputs, threads.
  @Suite struct Processes {
    /// Runs a line of the shell, with the program as `$0`, in the folder of `site`.
    private func shell(_ site: Installation, _ line: String, shell: String = "/bin/sh") throws -> Program {
      try site.start(["-c", line, Binaries.missionControl], program: shell)
    }

    // MARK: Signals

    @Test(
      "a signal that is ignored at the start stays ignored",
      arguments: [(SIGHUP, "HUP"), (SIGINT, "INT"), (SIGTERM, "TERM")])
    func ignored(number: Int32, name: String) async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "500ms"))
      try site.addMissions(days: 1)
      let run = try shell(site, "trap '' \(name); exec \"$0\" run")
      try await site.untilJobIsJournaled()
      run.signal(number)
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try site.statuses() == ["DONE|1"])
    }

    @Test("a signal ends a run that waits for a mission file nobody writes to")
    func waitingFile() async throws {
      let site = try await Installation()
      mkfifo(site.folder + "/waiting.csv", 0o600)
      let run = try site.start(["run", "waiting.csv"])
      #expect(try await Wait.until { site.state.contains("journal.sqlite") })
      let began = ContinuousClock.now
      run.signal(SIGTERM)
      let ended = try await site.end(run)
      #expect(ended.way == .exit(75), "\(ended.errors)")
      #expect(ended.errors.contains("stopped before the work began"))
      #expect(ContinuousClock.now - began < .seconds(5))
    }

    @Test("mission files may come out of a pipe")
    func piped() async throws {
      let site = try await Installation()
      let rows = "date_start,date_end,media_type,languages\\n2025-01-01,2025-01-01,video,pt\\n"
      let run = try shell(site, "exec \"$0\" run <(printf '\(rows)')", shell: "/bin/bash")
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try site.statuses() == ["DONE|1"])
    }

    @Test(
      "a configuration, a secret or a certificate that is no regular file is refused at once",
      arguments: ["config", "key", "authority"], ["run", "check"])
    func pipesAsFiles(which: String, command: String) async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      var place = "config.yaml"
      switch which {
      case "config": unlink(site.folder + "/config.yaml")
      case "key":
        place = "key"
        try site.configure("access_key: ${S3_ACCESS}", "access_key: {file: key}")
      default:
        place = "ca.pem"
        try site.configure("bucket: mission-audit", "bucket: mission-audit\n  ca_file: ca.pem")
      }
      mkfifo("\(site.folder)/\(place)", 0o600)
      let ended = try await site.end(try site.start([command]), within: 15)
      #expect(ended.way == .exit(78), "\(ended.errors)")
      #expect(ended.errors.contains("is a named pipe, not a regular file"), "\(ended.errors)")
    }

    // MARK: Outputs

    /// A named pipe that is full and that nobody reads.
    private func fullPipe(_ site: Installation) throws -> (path: String, descriptor: Int32) {
      let path = site.folder + "/unread"
      try #require(mkfifo(path, 0o600) == 0)
      let descriptor = open(path, O_RDWR | O_NONBLOCK)
      let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
      while write(descriptor, bytes, bytes.count) > 0 {}
      return (path, descriptor)
    }

    @Test("a run whose standard error nobody reads does its work and ends")
    func unreadErrors() async throws {
      let site = try await Installation()
      try site.addMissions(days: 20)
      // Each is told.
      let refused = String(repeating: "2025-02-30,2025-02-30,video,pt\n", count: 40)
      try site.write("date_start,date_end,media_type,languages\n" + refused, to: "missions/b.csv")
      let pipe = try fullPipe(site)
      defer { close(pipe.descriptor) }
      let ended = try await site.end(try shell(site, "exec \"$0\" run 2>unread"), within: 30)
      #expect(ended.way == .exit(65))
      #expect(try site.statuses() == ["DONE|20"])
      #expect(ended.output.contains("20"))
    }

    @Test(
      "signals end a run whose outputs nobody reads within 5 s, and the second one at once",
      arguments: [(SIGTERM, 1), (SIGINT, 2)])
    func unreadAndStopped(number: Int32, signals: Int) async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "20s"))
      try site.addMissions(days: 3)
      let pipe = try fullPipe(site)
      defer { close(pipe.descriptor) }
      let drain = signals == 2 ? " --drain" : ""
      let run = try shell(site, "exec \"$0\" run --verbose\(drain) >unread 2>unread")
      try await site.untilJobIsJournaled()
      let began = ContinuousClock.now
      run.signal(number)
      if signals == 2 {
        #expect(try await run.untilTaken(number))
        run.signal(number)
      }
      let ended = try await site.end(run)
      #expect(ended.way == .exit(signals == 1 ? 75 : 128 + number))
      #expect(ContinuousClock.now - began < .seconds(5.5))
    }

    @Test(
      "an answer that cannot be written ends with 73 and says so, whatever the command",
      arguments: [
        "--help", "--version", "run", "plan", "status", "list", "config", "check", "verify", "report", "man",
        "completions bash",
        "backfill --from 2025-01-01 --to 2025-12-31 --media-type video --languages pt",
      ])
    func fullDisk(command: String) async throws {
      let site = try await Installation()
      try site.addMissions(days: 2)
      #expect(try await site.run("run").code == 0)
      let ended = try await site.end(try shell(site, "exec \"$0\" \(command) >/dev/full"))
      #expect(ended.way == .exit(73), "\(command): \(ended.errors)")
      #expect(
        ended.errors.contains("standard output cannot be written: No space left on device"), "\(ended.errors)"
      )
      #expect(!ended.errors.contains("365 missions"))
    }

    @Test(
      "a run whose answer cannot be written has done its work; the journal and the report hold its exit code")
    func fullDiskOfRun() async throws {
      let site = try await Installation()
      try site.addMissions(days: 2)
      let ended = try await site.end(try shell(site, "exec \"$0\" run >/dev/full"))
      #expect(ended.way == .exit(73), "\(ended.errors)")
      #expect(try site.statuses() == ["DONE|2"])
      #expect(try site.report()["exit_code"].int == 73)
      #expect(try site.journal("SELECT exit_code FROM runs") == ["73"])
    }

    @Test("a closed standard output is no error", arguments: ["| true", ">&-"])
    func closed(way: String) async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      let line = "set -o pipefail; \"$0\" run \(way)"
      let ended = try await site.end(try shell(site, line, shell: "/bin/bash"))
      #expect(ended.way == .exit(0), "\(ended.errors)")
    }

    // MARK: Arguments

    @Test("the arguments are found where a library has moved the environment and there is no /proc")
    func hiddenArguments() async throws {
      let site = try await Installation()
      let library = try await Preloaded.build(Preloaded.hiddenArguments, in: site.outputs)
      for program in [Binaries.missionControl, Binaries.simulator] {
        let line = "LD_PRELOAD=\(library) exec \(program) --help"
        let ended = try await site.end(try shell(site, line), within: 10)
        #expect(ended.way == .exit(0), "\(ended.errors)")
        #expect(ended.output.lowercased().contains("usage"), "\(ended.output)")
      }
      #expect(site.state == [])
    }

    @Test("without even a program name it is an internal error, never a run")
    func emptyVector() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      for program in [Binaries.missionControl, Binaries.simulator] {
        let script = """
          import ctypes, sys
          path = ctypes.c_char_p(b"\(program)")
          empty = (ctypes.c_char_p * 1)(None)
          ctypes.CDLL(None).execve(path, empty, empty)
          """
        let python = try site.start(["-c", script], program: "/usr/bin/python3")
        let ended = try await site.end(python, within: 10)
        #expect(ended.way == .exit(70), "\(ended.errors)")
        #expect(ended.errors.contains("without arguments, not even the program's name"), "\(ended.errors)")
      }
      #expect(site.state == [])
    }

    // MARK: Threads

    @Test(
      "whichever thread cannot be had, it is told and the program ends with 70 or 73",
      arguments: [
        ("REFUSED_THREAD", "run"), ("REFUSED_FROM", "run"), ("REFUSED_THREAD", "check"),
        ("REFUSED_THREAD", "verify"),
      ])
    func refusedThreads(variable: String, command: String) async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 1)
      if command == "verify" { #expect(try await site.run("run").code == 0) }
      let library = try await Preloaded.build(Preloaded.refusingThreads, in: site.outputs)
      let mark = site.temporary.path + "/refused"
      for number in 1...40 {
        unlink(mark)
        let line = "\(variable)=\(number) REFUSAL_MARK=\(mark) LD_PRELOAD=\(library) exec \"$0\" \(command)"
        let ended = try await site.end(try shell(site, line), within: 20)
        guard access(mark, F_OK) == 0 else {
          #expect(number > 2 && ended.way == .exit(0), "\(ended.errors)")
          break
        }
        // What `check` tries and cannot have is a line of its answer.
        let isLine = command == "check" && ended.code == 1 && ended.output.contains("thread")
        if isLine { continue }
        #expect([.exit(70), .exit(73)].contains(ended.way), "thread \(number): \(ended.way) \(ended.errors)")
        #expect(ended.errors.contains("thread"), "thread \(number): \(ended.errors)")
      }
      #expect(try await site.run("run").code == 0)
      #expect(try site.statuses() == ["DONE|1"])
      try await site.expectInvariants()
    }

    // MARK: The control socket

    @Test("clients of the control socket that say nothing keep nobody out")
    func silentClients() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "20s"))
      try site.addMissions(days: 2)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      let silent = (0..<10).map { _ in LocalSocket.connect(site.journalPath + ".control") }
      defer { for descriptor in silent { close(descriptor) } }
      #expect(silent.allSatisfy { $0 >= 0 })
      let last = try site.journal("SELECT id FROM mission_list ORDER BY date_start DESC LIMIT 1")
      let cancelled = try await site.run("cancel", last[0])
      #expect(cancelled.way == .exit(0), "\(cancelled.errors)")
      #expect(cancelled.seconds < 4)
      run.signal(SIGTERM)
      #expect(try await site.end(run).code == 75)
    }
  }
}

/// A client of a socket in the file system.
enum LocalSocket {
  /// The descriptor, negative when nobody listens.
  static func connect(_ path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return result == 0 ? descriptor : -1
  }
}
